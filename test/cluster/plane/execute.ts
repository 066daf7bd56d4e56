import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** How a program ended; a death by signal counts as 1. */
export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type ExecuteOptions = {
  /** Given on stdin; nothing by default. */
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** Runs a program to its end, whatever that is. */
export async function execute(
  program: string,
  args: readonly string[],
  { input = '', ...options }: ExecuteOptions = {},
): Promise<Outcome> {
  const child = spawn(program, args, options);
  // A program that does not read its input is no error.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode ?? 1, stdout, stderr };
}

/** stdout of a program that must succeed. */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: ExecuteOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await execute(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}
