import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapLimited } from '../../../source/sources/kubernetes/map-limited.ts';

test('eight work at one time, and the results keep the order of the items', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 30 }, (_, index) => index);
  const doubled = await mapLimited(items, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await setImmediate();
    running -= 1;
    return item * 2;
  });
  expect(most).toBe(8);
  expect(doubled).toEqual(items.map((item) => item * 2));
});
