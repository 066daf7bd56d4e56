import path from 'node:path';
import { onTestFinished } from 'vitest';
import { withoutSecrets } from '../helpers/secrets.ts';
import { env } from './eps.ts';
import { outputOf } from './plane/execute.ts';
import { endWithUs, temporaryFolder } from './plane/leave-nothing.ts';
import { eventually } from './wait.ts';

export type Size = { readonly columns: number; readonly rows: number };

/** A terminal with a shell in it, as a person has one. */
export type Terminal = {
  /** Writes a line to whatever reads the keyboard. */
  readonly enter: (line: string) => Promise<void>;
  /** Presses keys, by tmux's names for them or by their own. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly screen: () => Promise<string>;
  /** Resolves with the screen once `text` is on it. */
  readonly until: (text: string) => Promise<string>;
  readonly modes: () => Promise<Modes>;
  readonly resize: (size: Size) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What a program may have changed of a terminal. */
type Modes = Readonly<Record<'alternateScreen' | 'cursor' | 'mouse', boolean | undefined>>;

/** A terminal on a tmux server of its own, closed when the test is finished. */
export async function openTerminal({ columns, rows }: Size): Promise<Terminal> {
  const folder = temporaryFolder();
  const socket = path.join(folder.path, 'tmux');
  const tmux = (...args: readonly string[]) =>
    outputOf('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      env: { ...env, PS1: '$ ', LC_ALL: 'C.UTF-8' },
    });
  await tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, 'sh');
  let isOpen = true;
  const close = async () => {
    if (isOpen) await tmux('kill-server');
    isOpen = false;
  };
  const finished = new Promise<void>((resolve) => {
    onTestFinished(async () => {
      await close();
      await folder.remove();
      resolve();
    });
  });
  endWithUs(Number(await tmux('display-message', '-p', '#{pid}')), finished);
  const screen = async () => withoutSecrets(await tmux('capture-pane', '-p'));
  const until = (text: string) =>
    eventually(`"${text}" on the screen`, async () => {
      const now = await screen();
      return now.includes(text) && now;
    });
  const press = async (...keys: readonly string[]) => {
    await tmux('send-keys', ...keys);
  };
  return {
    press,
    screen,
    until,
    close,
    enter: async (line) => {
      await tmux('send-keys', '-l', line);
      await press('Enter');
    },
    modes: async () => {
      const flags = await tmux('display-message', '-p', '#{alternate_on} #{cursor_flag} #{mouse_any_flag}');
      const [alternateScreen, cursor, mouse] = flags.split(' ').map((flag) => flag.trim() === '1');
      return { alternateScreen, cursor, mouse };
    },
    resize: async (size) => {
      await tmux('resize-window', '-x', `${size.columns}`, '-y', `${size.rows}`);
    },
  };
}
