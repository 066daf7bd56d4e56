/** `npm run build`: source/ into one CommonJS bundle, and that into the executable of this machine, dist/kubectl-eps. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './build/bundle.ts';
import { compile } from './build/compile.ts';
import { bundlePath, dist } from './build/paths.ts';

const executable = path.join(dist, 'kubectl-eps');
mkdirSync(dist, { recursive: true });
await bundle();
rmSync(executable, { force: true });
await compile(bundlePath, executable);
