import { expect, test } from 'vitest';
import { parseRequestTimeout } from '../../../source/sources/kubernetes/connection/timeout.ts';

test.each([
  ['0', 0],
  ['0s', 0],
  ['5', 5_000],
  ['30s', 30_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
])('--request-timeout=%s is %i ms', (text, milliseconds) => {
  expect(parseRequestTimeout(text)).toBe(milliseconds);
});

test.each(['abc', '5x', '-1s', '1m 30s', '.', '1.5'])(
  '--request-timeout=%s is refused as kubectl does',
  (text) => {
    expect(() => parseRequestTimeout(text)).toThrow(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    );
  },
);
