import path from 'node:path';
import { bundle } from '../../scripts/build/bundle.ts';
import { dist } from '../../scripts/build/paths.ts';
import { outputOf } from '../measure.ts';

/** What a file of this folder prints as JSON, bundled as the program is and run by Node. */
export async function printedBy(name: string): Promise<unknown> {
  const outfile = path.join(dist, `bench-${name}.cjs`);
  await bundle({ entryPoint: `bench/screen/${name}.ts`, outfile });
  return JSON.parse(await outputOf({ program: process.execPath, args: ['--expose-gc', outfile] }));
}
