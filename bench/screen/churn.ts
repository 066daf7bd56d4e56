/** Run in a process of its own, by bench/sections/churn.ts: prints its figures as JSON. */
import { setTimeout as pause } from 'node:timers/promises';
import { opener } from './open.ts';
import { rollout, worldOf } from './worlds.ts';

const rows = 5000;

/**
 * Bytes, of a minute: the least heap after a collection, since a moment that is being judged holds two worlds more, and
 * the most that the process had in memory.
 */
async function minute(): Promise<{ readonly heap: number; readonly rss: number }> {
  let [heap, rss] = [Infinity, 0];
  for (let second = 0; second < 60; second += 1) {
    await pause(1000);
    rss = Math.max(rss, process.memoryUsage.rss());
    if (second % 5 !== 0) continue;
    globalThis.gc?.();
    heap = Math.min(heap, process.memoryUsage().heapUsed);
  }
  return { heap, rss };
}

/** Memory in each of ten minutes in which 200 pods a second are replaced. */
async function measure(): Promise<object> {
  const open = await opener();
  const { stdout, quit } = open(worldOf(rows), (signal) => rollout(rows, signal));
  const minutes = [];
  for (let count = 0; count < 10; count += 1) minutes.push(await minute());
  const { frames } = stdout;
  await quit();
  return { minutes, frames };
}

void measure().then((figures) => {
  process.stdout.write(JSON.stringify(figures));
});
