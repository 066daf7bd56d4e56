import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from '../build/run.ts';

export type Terminal = {
  readonly type: (keys: string) => Promise<void>;
  /** The screen with its colours, once `text` is on it and nothing moves any more. */
  readonly until: (text: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

type Size = { readonly columns: number; readonly rows: number };

/** ms between two looks at the screen, and until what does not come is given up. */
const [interval, patience] = [100, 20_000];

/** Asks until two answers are the same and hold `text`. */
async function settled(look: () => Promise<string>, text: string): Promise<string> {
  const deadline = Date.now() + patience;
  for (let last = ''; ;) {
    const now = await look();
    if (now === last && now.replaceAll(/\u001b\[[\d;]*m/g, '').includes(text)) return now;
    if (Date.now() > deadline) throw new Error(`"${text}" did not come:\n${now}`);
    last = now;
    await pause(interval);
  }
}

/** Runs a program in a terminal of tmux. */
export async function openTerminal(program: string, { columns, rows }: Size): Promise<Terminal> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-eps-'));
  const tmux = (...args: readonly string[]) =>
    run('tmux', ['-S', path.join(folder, 'tmux'), '-f', '/dev/null', ...args], {
      env: { ...process.env, NO_COLOR: '', LC_ALL: 'C.UTF-8' },
    });
  await tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, program);
  return {
    type: async (keys) => {
      if (keys !== '') await tmux('send-keys', '-l', keys);
    },
    until: (text) => settled(() => tmux('capture-pane', '-peN'), text),
    close: async () => {
      await tmux('kill-server');
      rmSync(folder, { recursive: true });
    },
  };
}
