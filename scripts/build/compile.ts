import path from 'node:path';
import { root } from './paths.ts';
import { run } from './run.ts';

const flags = [
  'build',
  '--compile',
  '--bytecode',
  // Else what lies in the current folder of the user would be obeyed.
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  '--no-compile-autoload-tsconfig',
  '--no-compile-autoload-package-json',
  // A start runs most functions a few thousand times at most: what is compiled after 20 times as many is worth it.
  '--compile-jit-policy=20',
];

export type Target = {
  /** Bun's name of the platform, and the path of its runtime for it. */
  readonly name: string;
  readonly runtime: string;
};

/** A bundle as an executable of this machine, or of `target`. The name of `outfile` goes into it. */
export async function compile(bundle: string, outfile: string, target?: Target): Promise<void> {
  const foreign =
    target === undefined ? [] : [`--target=${target.name}`, `--compile-executable-path=${target.runtime}`];
  const bun = path.join(root, 'node_modules/.bin/bun');
  await run(bun, [...flags, ...foreign, path.basename(bundle), '--outfile', outfile], {
    cwd: path.dirname(bundle),
  });
}
