/** `npm start`: opens the demo. That it ends with 1, for drift, is its story and no failure. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/kubectl-eps', import.meta.url));
const { status, error } = spawnSync(program, ['demo'], { stdio: 'inherit' });
if (error) throw error;
process.exitCode = status === 1 ? 0 : (status ?? 1);
