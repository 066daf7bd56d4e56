import { settleTime, settling } from '../core/confirm.ts';
import { EpsError } from '../core/error.ts';
import { isQuiet } from '../core/quiet.ts';
import type { ServiceReport } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Io } from './command.ts';
import type { ReadAgain, Reading } from './reader.ts';
import { verdictsOf, type Verdict } from './verdicts.ts';

/** Waits so many ms, but not past the deadline; false when that is over. */
type Pause = (ms: number) => Promise<boolean>;

function pauseUntil(deadline: number, { now, wait }: Pick<Io, 'now' | 'wait'>): Pause {
  return async (ms) => {
    const left = deadline - now().getTime();
    if (left <= 0) return false;
    await wait(Math.min(ms, left));
    return true;
  };
}

/** What cannot be read again stays as it was: still settling. */
async function settleOne(
  first: Verdict,
  { snapshot, again, pause }: { snapshot: Snapshot; again: ReadAgain; pause: Pause },
): Promise<ServiceReport> {
  let last = first;
  let before = snapshot;
  let ms = isQuiet(first.scope, first.report, snapshot.serverTime) ? 0 : settleTime;
  while (settling(last.report).length > 0 && (await pause(ms))) {
    try {
      const { service, sightings } = last;
      const reading = await again(service, before);
      before = reading.snapshot;
      last = verdictsOf(reading, { seen: () => sightings })[0] ?? last;
    } catch (error) {
      if (error instanceof EpsError) return last.report;
      throw error;
    }
    // Each pause is twice the last.
    ms = Math.max(settleTime, ms * 2);
  }
  return last.report;
}

/** Judges Services, and those that drift again until their drift is confirmed, gone, or out of time. */
export async function settle(
  reading: Reading,
  again: ReadAgain,
  { settleMs }: { readonly settleMs: number },
  io: Pick<Io, 'now' | 'wait'>,
): Promise<readonly ServiceReport[]> {
  const pause = pauseUntil(io.now().getTime() + settleMs, io);
  const { snapshot } = reading;
  return Promise.all(verdictsOf(reading).map((verdict) => settleOne(verdict, { snapshot, again, pause })));
}
