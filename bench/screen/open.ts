import { setTimeout as pause } from 'node:timers/promises';
import { observer, paced } from '../../source/commands/observe.ts';
import type { Moment } from '../../source/commands/reader.ts';
import { loadScreen } from '../../source/views/ui/load-screen.ts';
import type { World } from '../../source/views/ui/model.ts';
import { cpu } from './cpu.ts';
import { Keyboard, Sink } from './terminal.ts';

/** A screen on a terminal that nobody sees. */
type Opened = {
  readonly stdin: Keyboard;
  readonly stdout: Sink;
  /** Leaves it. */
  readonly quit: () => Promise<void>;
};

export type Open = (world: World, moments?: (signal: AbortSignal) => AsyncIterable<Moment>) => Opened;

/** Loads the screen; what `moments` give is judged and shown at the pace of the program. */
export async function opener(): Promise<Open> {
  const runScreen = await loadScreen();
  return (world, moments) => {
    const stdin = new Keyboard();
    const stdout = new Sink();
    const observe = observer(true);
    const result = runScreen({
      world,
      follow: moments && ((signal) => paced(moments(signal), observe, { cpu, wait: pause })),
      save: () => Promise.reject(new Error('nothing is saved')),
      stdin,
      stdout,
      now: Date.now,
      color: true,
    });
    const quit = async () => {
      stdin.write('q');
      await result;
    };
    return { stdin, stdout, quit };
  };
}
