import type { ServiceReport } from '../../core/report.ts';
import type { Action } from './state.ts';

export type Reading = {
  readonly refresh: (signal: AbortSignal) => Promise<ServiceReport>;
  /** ms between the end of one reading and the start of the next. */
  readonly everyMs: number;
  /** ms since epoch. */
  readonly now: () => number;
  readonly dispatch: (action: Action) => void;
  /** Ends the readings, the one under way too. */
  readonly signal: AbortSignal;
};

/** Reads again and again, never twice at once, and tells the time in between; ends with the signal. */
export function keepReading({ refresh, everyMs, now, dispatch, signal }: Reading): void {
  let isReading = false;
  let endedAt = now();
  const read = async () => {
    isReading = true;
    try {
      dispatch({ kind: 'read', report: await refresh(signal) });
    } catch (error) {
      dispatch({ kind: 'failed', error: error instanceof Error ? error.message : String(error) });
    }
    endedAt = now();
    isReading = false;
  };
  const timer = setInterval(
    () => {
      dispatch({ kind: 'tick', now: now() });
      if (!isReading && now() - endedAt >= everyMs) void read();
    },
    Math.min(1000, everyMs),
  );
  signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
}
