import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

const running = new Set<ChildProcess>();

/** Whatever way the tests end, what they started ends too. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One program of the control plane, running in the background. */
export type Part = {
  readonly name: string;
  readonly log: () => string;
  readonly isRunning: () => boolean;
  /** SIGTERM, and SIGKILL when that does not help; resolves when it is gone. */
  readonly stop: () => Promise<void>;
};

export type PartOptions = {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Where it runs and where `NAME.log` goes. */
  readonly dir: string;
};

/** API servers and controllers end well within this. */
const patienceMs = 15_000;

export function startPart({ name, program, args, dir }: PartOptions): Part {
  const logFile = `${dir}/${name}.log`;
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { cwd: dir, stdio: ['ignore', log, log] });
  closeSync(log);
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  return {
    name,
    log: () => readFileSync(logFile, 'utf8'),
    isRunning: () => running.has(child),
    stop: async () => {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(force);
    },
  };
}
