import type { Service } from '../core/kubernetes.ts';
import type { ServiceReport } from '../core/report.ts';
import { printTable } from '../views/table.ts';
import type { ReadEvents } from '../views/ui/live/events.ts';
import type { World } from '../views/ui/model.ts';
import type { Loading, Subject } from '../views/ui/loading/loading.ts';
import { loadScreen } from '../views/ui/load-screen.ts';
import type { ScreenResult } from '../views/ui/run-screen.tsx';
import type { ExitCode, Io } from './command.ts';
import { wantsColor } from './color.ts';
import type { ViewOptions } from './line/view-options.ts';
import { noResources } from './no-resources.ts';
import { observer, paced } from './observe.ts';
import type { Moment, Reader, Reading } from './reader.ts';
import { saveNew } from './save-new.ts';
import { exitCodeOf } from './show.ts';

/** The screen needs a terminal on both sides: without one on stdin Ink cannot hear keys. */
export function wantsScreen({ output }: { readonly output: string }, { stdin, stdout, env }: Io): boolean {
  return output === 'table' && stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb';
}

export type Live = {
  /** Under way. */
  readonly reading: Promise<Reading>;
  /** Undefined for a recording. */
  readonly reader?: Pick<Reader, 'follow' | 'events' | 'namespace'> | undefined;
  /** What the screen tells while the reading takes its time; undefined where it takes none. */
  readonly subject?: Subject | undefined;
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

/** What is read may take its time, unless it lies in files. */
export function subjectOf(title: string, { kinds }: Pick<Reader, 'kinds'>): Subject | undefined {
  return kinds && { title, kinds };
}

function eventsOf({ events }: Pick<Reader, 'events'>): ReadEvents | undefined {
  return events && ((service: Service) => events(service));
}

/**
 * ms after which the screen opens, whether all is read or not: what fails sooner is told on the normal screen, without
 * a flash of the other one.
 */
const patience = 300;

/** Undefined when it takes longer. */
async function soon(reading: Promise<Reading>): Promise<Reading | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

type Observe = (moment: Moment) => World;

/** What the screen begins with; undefined when there is nothing to show. */
async function beginning({ reading, subject }: Live, observe: Observe): Promise<World | Loading | undefined> {
  const worldOf = (read: Reading) =>
    read.services.length === 0 ? undefined : observe({ ...read, freshness: [] });
  const read = subject ? await soon(reading) : await reading;
  if (read || !subject) return read && worldOf(read);
  const world = reading.then(worldOf);
  // The screen hears of it, once it is loaded.
  world.catch(() => undefined);
  return { ...subject, kind: 'Loading', world };
}

/** What stays behind, and the exit code: who leaves before all was read could not be told; a list need tell nothing. */
function left(result: ScreenResult, { reader, hasList, end }: Live, color: boolean, io: Io): ExitCode {
  const { reports, reason } = result;
  const { text, code } = reports ? end(reports, color) : ({ text: '', code: hasList ? 0 : 3 } as const);
  io.stdout.write(text);
  if (reason === 'crash') throw result.error;
  if (reason === 'nothing') io.stderr.write(noResources(reader ?? { namespace: '' }));
  return reason === 'interrupt' ? 130 : code;
}

/** Keeps Services on the screen until the user leaves, then leaves what was found behind. */
export async function showLive(live: Live, view: Pick<ViewOptions, 'color'>, io: Io): Promise<ExitCode> {
  const { reader, hasList, confirms } = live;
  const color = wantsColor(view.color, io);
  const observe = observer(confirms);
  const follow = reader?.follow;
  // Loaded while the reading goes on.
  const screen = loadScreen();
  const world = await beginning(live, observe);
  if (!world) return left({ reason: 'nothing', reports: undefined }, live, color, io);
  io.stderr.hold();
  try {
    const open = await screen;
    const result = await open({
      world,
      hasList,
      follow: follow && ((signal): AsyncIterable<World> => paced(follow(signal), observe, io)),
      events: reader && eventsOf(reader),
      save: saveNew,
      stdin: io.stdin,
      stdout: io.stdout,
      now: () => io.now().getTime(),
      color,
      isSpoken: io.env['INK_SCREEN_READER'] === 'true',
      signal: io.signal,
    });
    return left(result, live, color, io);
  } finally {
    io.stderr.release();
  }
}
