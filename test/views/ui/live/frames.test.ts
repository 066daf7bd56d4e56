import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { framesOf } from '../../../../source/views/ui/live/frames.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted() {
  let drawn = 0;
  const frames = framesOf(() => (drawn += 1), Date.now);
  return { frames, drawn: () => drawn };
}

test('what changes when no frame was drawn lately is drawn at once', () => {
  const { frames, drawn } = counted();
  frames.ask();
  expect(drawn()).toBe(1);
});

test('a burst costs one frame more, and a second of it no more than thirty', () => {
  const { frames, drawn } = counted();
  for (let count = 0; count < 100; count += 1) frames.ask();
  vi.advanceTimersByTime(33);
  expect(drawn()).toBe(2);
  for (let ms = 0; ms < 1000; ms += 5) {
    frames.ask();
    vi.advanceTimersByTime(5);
  }
  expect(drawn()).toBeLessThanOrEqual(2 + 31);
  expect(drawn()).toBeGreaterThan(25);
});

test('a clock that is set back does not stop it', () => {
  const { frames, drawn } = counted();
  frames.ask();
  vi.setSystemTime(Date.now() - 3_600_000);
  frames.ask();
  expect(drawn()).toBe(2);
});

test('after stopping nothing is drawn any more', () => {
  const { frames, drawn } = counted();
  frames.ask();
  frames.ask();
  frames.stop();
  vi.advanceTimersByTime(1000);
  expect(drawn()).toBe(1);
});
