import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs a command of the shell, which joins both streams: what was written keeps its order. */
async function run(command: string): Promise<{ readonly output: string; readonly isFailed: boolean }> {
  const begun = performance.now();
  const child = spawn('/bin/sh', ['-c', `exec 2>&1; ${command}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise((resolve) => child.on('close', resolve));
  const told = (await text(child.stdout)).trim();
  const isFailed = (await exit) !== 0;
  const seconds = Math.round((performance.now() - begun) / 1000);
  return {
    output: `${told}\n${isFailed ? 'FAILED' : 'ok'}: ${command}, ${seconds} s\n\n`.trimStart(),
    isFailed,
  };
}

/**
 * Runs commands, begun in their order and `atOnce` at a time, and writes the output of each in one piece when it has
 * ended; that of the first comes last. Gives the commands that failed.
 */
export async function sideBySide(
  commands: readonly string[],
  atOnce: number,
  write: (output: string) => void,
): Promise<readonly string[]> {
  const waiting = [...commands.entries()];
  const failed: string[] = [];
  let last = '';
  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, command] = next;
      const { output, isFailed } = await run(command);
      if (isFailed) failed.push(command);
      if (index === 0) last = output;
      else write(output);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane));
  write(last);
  return failed;
}
