import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../source/cli.ts', import.meta.url));

/** Runs the program from its source, by `launcher` when there is one. */
function start(argv: readonly string[], launcher: readonly string[] = []) {
  const [command = '', ...words] = [...launcher, process.execPath, cli, ...argv];
  const child = spawn(command, words);
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });
  return { child, ended, stderr: text(child.stderr) };
}

describe('cli', () => {
  test('--version is answered before anything else is read', async () => {
    const { child, ended, stderr } = start(['--version', '--nope']);
    expect(await text(child.stdout)).toBe('kubectl-eps v0.1.0\n');
    expect([await ended, await stderr]).toEqual([0, '']);
  });

  test('the exit code is that of the command', async () => {
    const { ended, stderr } = start(['diff', '--nope']);
    expect(await stderr).toContain('error: unknown flag: --nope\n');
    expect(await ended).toBe(2);
  });

  test('a reader that has seen enough is no failure', async () => {
    const { child, ended, stderr } = start(['diff', '--help']);
    child.stdout.destroy();
    expect([await ended, await stderr]).toEqual([0, '']);
  });

  test.runIf(process.platform === 'linux')('a full disk is an error', async () => {
    const { ended, stderr } = start(['diff', '--help'], ['sh', '-c', '"$@" > /dev/full', 'sh']);
    expect(await stderr).toContain('error: cannot write to standard output');
    expect(await ended).toBe(2);
  });

  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends what waits for standard input with %i', async (signal, code) => {
    const { child, ended, stderr } = start(['diff', 'x', '--from', '-']);
    child.stdin.on('error', () => undefined);
    // The pipe drains once the command reads it: from then on it waits for more.
    await new Promise((resolve) => child.stdin.write(' '.repeat(1_000_000), resolve));
    child.kill(signal);
    expect([await ended, await stderr]).toEqual([code, '']);
  });
});
