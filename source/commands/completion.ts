import { installCompleter } from './completion/install.ts';
import { scripts } from './completion/scripts.ts';
import type { CommandRun } from './command.ts';
import type { CompletionOptions } from './line/options.ts';

/** Prints the script of a shell, or places the link by which kubectl finds the completion. */
export const run: CommandRun<CompletionOptions> = async ({ topic }, io) => {
  io.stdout.write(topic === 'install' ? await installCompleter(io) : scripts[topic]);
  return 0;
};
