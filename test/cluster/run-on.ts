import { readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../helpers/temporary.ts';
import type { Terminal } from './tmux.ts';

/** How a terminal is when no program has changed it. */
export const normal = { alternateScreen: false, cursor: true, mouse: false };

/** A command that runs in a terminal. */
export type Run = {
  readonly pid: () => number;
  /** What the terminal shows once the command has ended; fails unless all else is as it was before. */
  readonly left: () => Promise<string>;
};

/** Whether no process has this id. */
export function isGone(pid: number): boolean {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
}

/** Runs a command in the terminal as from a shell; `code=` on the screen is how it ended. */
export async function runOn(terminal: Terminal, command: string): Promise<Run> {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const read = (name: string) => readFileSync(`${folder.path}/${name}`, 'utf8');
  const script = `
    cd ${folder.path}
    stty -a > before
    sh -c 'echo $$ > pid; exec ${command}'
    echo "code=$?"
    stty -a > after
    echo done`;
  await terminal.enter(`sh ${folder.write('script', script)}`);
  return {
    pid: () => Number(read('pid')),
    left: async () => {
      const text = await terminal.until('\ndone');
      expect(await terminal.modes()).toEqual(normal);
      expect(read('after')).toBe(read('before'));
      return text;
    },
  };
}
