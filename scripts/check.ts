/**
 * `npm test` and `npm run lint`: as many checks at once as the machine has processors. The longest begin first; the
 * tests end the output, with the line that counts them.
 */
import { availableParallelism } from 'node:os';
import { sideBySide } from './check/side-by-side.ts';

const lint = ['eslint .', 'tsc', 'prettier --check .', 'knip'];
const commands = process.argv.includes('lint') ? lint : ['vitest run', ...lint, 'node scripts/build.ts'];

const failed = await sideBySide(commands, availableParallelism(), (output) => process.stdout.write(output));
if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
