import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type RunOptions = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv };

const unlimited = 2 ** 30;

/** stdout of a program; one that fails is thrown with what it said. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args], { ...options, maxBuffer: unlimited });
  return stdout;
}
