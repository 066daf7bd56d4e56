import {
  confirm,
  nothingSeen,
  settleTime,
  settling,
  type Confirmed,
  type Sightings,
} from '../core/confirm.ts';
import { EpsError } from '../core/error.ts';
import { judge } from '../core/judge.ts';
import type { Service } from '../core/kubernetes.ts';
import type { ServiceReport } from '../core/report.ts';
import { indexScopes } from '../core/scope.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Io } from './command.ts';
import type { ReadAgain, Reading } from './reader.ts';

/** What is known of one Service so far. */
type Verdict = Confirmed & { readonly service: Service; readonly snapshot: Snapshot };

/** The verdicts of one reading: what earlier ones of the same Service saw unchanged is confirmed. */
function verdictsOf({ snapshot, services }: Reading, seen: Sightings = nothingSeen): readonly Verdict[] {
  const scopeOf = indexScopes(snapshot);
  const reports = judge(snapshot, services, scopeOf);
  return services.flatMap((service, index) => {
    const report = reports[index];
    return report ? [{ service, snapshot, ...confirm(scopeOf(service), report, seen) }] : [];
  });
}

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
async function settleOne(first: Verdict, again: ReadAgain, pause: Pause): Promise<ServiceReport> {
  let last = first;
  // Each pause is twice the last.
  for (let ms = settleTime; settling(last.report).length > 0 && (await pause(ms)); ms *= 2) {
    try {
      const reading = await again(last.service, last.snapshot);
      last = verdictsOf(reading, last.sightings)[0] ?? last;
    } catch (error) {
      if (error instanceof EpsError) return last.report;
      throw error;
    }
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
  return Promise.all(verdictsOf(reading).map((verdict) => settleOne(verdict, again, pause)));
}
