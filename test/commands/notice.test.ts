import { expect, test } from 'vitest';
import { heldBack, noticeOn } from '../../source/commands/notice.ts';
import { fakeIo } from '../helpers/io.ts';

test('talk is held back until it is released, then in its order, and from then on at once', () => {
  const told: string[] = [];
  const { notice, release } = heldBack((text) => told.push(text));
  notice('first');
  notice('second');
  expect(told).toEqual([]);
  release();
  expect(told).toEqual(['first', 'second']);
  notice('third');
  release();
  expect(told).toEqual(['first', 'second', 'third']);
});

test('what was said once is not said again by later readings', () => {
  const { io, stderr } = fakeIo([]);
  const notice = noticeOn(io);
  for (const text of ['first', 'second', 'first']) notice(text);
  expect(stderr()).toBe('notice: first\nnotice: second\n');
});
