import { nothingSeen, settleTime, settling } from '../core/confirm.ts';
import { EpsError } from '../core/error.ts';
import { fullName, type Service } from '../core/kubernetes.ts';
import { isQuiet } from '../core/quiet.ts';
import type { ServiceReport } from '../core/report.ts';
import { indexScopes, type ScopeIndex } from '../core/scope.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Io } from './command.ts';
import { noticeOn } from './notice.ts';
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

const isUnsettled = ({ report }: Verdict) => settling(report).length > 0;

/** ms before a second reading tells anything. */
function firstPause(unsettled: readonly Verdict[], { serverTime }: Snapshot): number {
  return unsettled.every(({ scope, report }) => isQuiet(scope, report, serverTime)) ? 0 : settleTime;
}

/** Services that are not read any more stay as they were. */
function replaced(verdicts: readonly Verdict[], reading: Reading, { spans }: Pick<Io, 'spans'>) {
  const known = new Map(verdicts.map((verdict) => [fullName(verdict.service), verdict]));
  const seen = (service: Service) => known.get(fullName(service))?.sightings ?? nothingSeen;
  for (const verdict of verdictsOf(reading, { seen, span: spans.span })) {
    known.set(fullName(verdict.service), verdict);
  }
  return [...known.values()];
}

type Settling = {
  readonly settleMs: number;
  /** Of the first reading, where somebody else needs it too. */
  readonly scopeOf?: ScopeIndex;
};

/**
 * Judges Services, and those that drift again, all of them at a time, until their drift is confirmed, gone, or out of
 * time. What cannot be read again is still settling.
 */
export async function settle(
  reading: Reading,
  again: ReadAgain,
  { settleMs, scopeOf = indexScopes(reading.snapshot) }: Settling,
  io: Pick<Io, 'now' | 'wait' | 'stderr' | 'spans'>,
): Promise<readonly ServiceReport[]> {
  const pause = pauseUntil(io.now().getTime() + settleMs, io);
  let { snapshot } = reading;
  let verdicts = verdictsOf(reading, { scopeOf, span: io.spans.span });
  let unsettled = verdicts.filter(isUnsettled);
  let ms = firstPause(unsettled, snapshot);
  while (unsettled.length > 0 && (await pause(ms))) {
    try {
      const services = unsettled.map(({ service }) => service);
      const next = await again(services, snapshot);
      ({ snapshot } = next);
      verdicts = replaced(verdicts, next, io);
    } catch (error) {
      if (!(error instanceof EpsError)) throw error;
      noticeOn(io)(`the drift could not be confirmed: ${error.message}`);
      break;
    }
    unsettled = verdicts.filter(isUnsettled);
    // Each pause is twice the last.
    ms = Math.max(settleTime, ms * 2);
  }
  return verdicts.map(({ report }) => report);
}
