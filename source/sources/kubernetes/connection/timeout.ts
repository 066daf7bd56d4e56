import { parseDuration } from '../../../core/duration.ts';
import { EpsError } from '../../../core/error.ts';

/** `--request-timeout` in milliseconds, by kubectl's rules: `1m30s`, or whole seconds; 0 is no limit. */
export function parseRequestTimeout(text: string): number {
  const timeout = /^\d+$/.test(text) ? Number(text) * 1_000 : parseDuration(text);
  if (timeout !== undefined) return timeout;
  throw new EpsError(
    'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    { hint: `--request-timeout=30s instead of ${text}` },
  );
}
