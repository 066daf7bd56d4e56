import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../wait.ts';
import { endWithUs } from './leave-nothing.ts';

/** A program in the background, ready for use. */
export type Running = {
  /** All it has written so far to stdout and stderr, of former runs under this name too. */
  readonly log: () => string;
  /** SIGTERM, and SIGKILL where that does not help; resolves when the program is gone. */
  readonly stop: () => Promise<void>;
};

export type StartOptions = {
  /** Of the log: `NAME.log` in `dir`. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly dir: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Asked again and again, with the log, until it says yes. */
  readonly isReady: (log: string) => boolean | Promise<boolean>;
};

/** From SIGTERM to SIGKILL, in ms. */
const patience = 15_000;

const lastLines = (log: string): string => log.trimEnd().split('\n').slice(-15).join('\n');

/** Starts a program and waits until it is ready; throws with the end of its log when it never is. */
export async function start({ name, program, args, dir, env, isReady }: StartOptions): Promise<Running> {
  const file = path.join(dir, `${name}.log`);
  const log = () => readFileSync(file, 'utf8');
  const output = openSync(file, 'a');
  // Detached: ctrl-C in a terminal reaches the tests alone, and they end their programs in order.
  const child = spawn(program, args, { cwd: dir, env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  endWithUs(child.pid ?? 0, ended);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (hasEnded()) return;
    const force = setTimeout(() => child.kill('SIGKILL'), patience);
    child.kill();
    await ended;
    clearTimeout(force);
  };
  try {
    await eventually(name, async () => hasEnded() || (await isReady(log())));
    if (hasEnded()) throw new Error(`it ended with ${child.exitCode ?? child.signalCode ?? ''}`);
  } catch (cause) {
    const error = new Error(`${name} did not become ready:\n${lastLines(log())}`, { cause });
    await stop();
    throw error;
  }
  return { log, stop };
}
