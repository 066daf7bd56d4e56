import type { State } from './state.ts';
import type { Span } from './text.ts';

/** Readings that may be missed before what is shown is no longer called live. */
const missedReadings = 3;

/** `2 s`, `3 min`, `5 h`. */
function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/** How old the report is; live only while readings come and succeed. */
export function freshness({ report, everyMs, now, error }: State): Span {
  if (everyMs === undefined) return { text: `recording of ${report.observedAt}`, tone: 'quiet' };
  const ms = now - Date.parse(report.observedAt);
  const isLive = error === undefined && ms < everyMs * (missedReadings + 1);
  return isLive
    ? { text: `live, ${age(ms)} old`, tone: 'good' }
    : { text: `stale, ${age(ms)} old`, tone: 'warning' };
}
