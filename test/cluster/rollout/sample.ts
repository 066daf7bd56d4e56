import { setTimeout as pause } from 'node:timers/promises';

/** Takes a sample every so many ms, or as soon as the last one is done, until `end` resolves; and one more. */
export async function sampleUntil(
  end: Promise<unknown>,
  period: number,
  take: () => Promise<void>,
): Promise<void> {
  const state = { isOver: false };
  const over = end.finally(() => {
    state.isOver = true;
  });
  // A sample may fail first: that one is told then.
  over.catch(() => undefined);
  while (!state.isOver) await Promise.all([take(), pause(period)]);
  await over;
  await take();
}
