import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the tree, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is built. */
export const dist = path.join(root, 'dist');

/** The one CommonJS file of which both the npm package and the executables are made. */
export const bundlePath = path.join(dist, 'kubectl-eps.cjs');
