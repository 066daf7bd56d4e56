import { expect, test } from 'vitest';
import { parseDuration } from '../../source/core/duration.ts';

test.each([
  ['1m30s', 90_000],
  ['10s', 10_000],
  ['1.25s', 1250],
  ['250ms', 250],
  ['500us', 0.5],
  ['1h0.5m', 3_630_000],
  ['', undefined],
  ['5', undefined],
  ['-1s', undefined],
  ['1sx', undefined],
  ['1.s', undefined],
  ['1d', undefined],
])('"%s" is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
