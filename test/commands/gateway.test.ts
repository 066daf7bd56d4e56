import { expect, test } from 'vitest';
import { heldBack } from '../../source/commands/gateway.ts';

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
