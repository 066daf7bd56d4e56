import type { Service } from '../core/kubernetes.ts';
import type { ServiceReport } from '../core/report.ts';
import { printTable } from '../views/table.ts';
import type { ReadEvents } from '../views/ui/live/events.ts';
import type { World } from '../views/ui/model.ts';
import { openScreen } from '../views/ui/open-screen.ts';
import type { ExitCode, Io } from './command.ts';
import { wantsColor } from './color.ts';
import type { ViewOptions } from './line/options.ts';
import { observer, paced } from './observe.ts';
import type { Reader, Reading } from './reader.ts';
import { saveNew } from './save-new.ts';
import { exitCodeOf } from './show.ts';

/** The screen needs a terminal on both sides: without one on stdin Ink cannot hear keys. */
export function wantsScreen({ output }: { readonly output: string }, { stdin, stdout, env }: Io): boolean {
  return output === 'table' && stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb';
}

export type Live = {
  readonly reading: Reading;
  /** Undefined for a recording. */
  readonly reader?: Pick<Reader, 'follow' | 'events'> | undefined;
  /** Tell drift from what is on its way. */
  readonly confirms: boolean;
  /** Begin with the list of Services. */
  readonly hasList: boolean;
  readonly end: End;
};

/** What stays behind on the normal screen of the reports that were seen last, and the exit code. */
export type End = (
  reports: readonly ServiceReport[],
  color: boolean,
) => { readonly text: string; readonly code: ExitCode };

/** The short report of each, and their verdict. */
export const endOfDiff: End = (reports, color) => ({
  text: reports.map((report) => printTable(report, { rows: 'none', color })).join('\n'),
  code: exitCodeOf(reports),
});

function eventsOf({ events }: Pick<Reader, 'events'>): ReadEvents | undefined {
  return events && ((service: Service) => events(service));
}

/** Keeps Services on the screen until the user leaves, then leaves what was found behind. */
export async function showLive(
  { reading, reader = {}, confirms, hasList, end }: Live,
  view: Pick<ViewOptions, 'color'>,
  io: Io,
): Promise<ExitCode> {
  const color = wantsColor(view.color, io);
  const observe = observer(confirms);
  const { follow } = reader;
  io.stderr.hold();
  try {
    const result = await openScreen({
      world: observe({ ...reading, freshness: [] }),
      hasList,
      follow: follow && ((signal): AsyncIterable<World> => paced(follow(signal), observe, io.wait)),
      events: eventsOf(reader),
      save: saveNew,
      stdin: io.stdin,
      stdout: io.stdout,
      now: () => io.now().getTime(),
      color,
      isSpoken: io.env['INK_SCREEN_READER'] === 'true',
      signal: io.signal,
    });
    const { text, code } = end(result.reports, color);
    io.stdout.write(text);
    if (result.reason === 'crash') throw result.error;
    return result.reason === 'interrupt' ? 130 : code;
  } finally {
    io.stderr.release();
  }
}
