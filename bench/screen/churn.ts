/** Run in a process of its own, by bench/sections/churn.ts: prints its figures as JSON. */
import { opener, pause } from './open.ts';
import { rollout, worldOf } from './worlds.ts';

const rows = 5000;

/** Bytes, least of a minute: what the collector leaves. */
async function leastInMinute(): Promise<{ readonly heap: number; readonly rss: number }> {
  let [heap, rss] = [Infinity, Infinity];
  for (let second = 0; second < 60; second += 1) {
    await pause(1000);
    const used = process.memoryUsage();
    heap = Math.min(heap, used.heapUsed);
    rss = Math.min(rss, used.rss);
  }
  return { heap, rss };
}

/** Memory in each of ten minutes in which 200 pods a second are replaced. */
async function measure(): Promise<object> {
  const open = await opener();
  const { stdout, quit } = open(worldOf(rows), (signal) => rollout(rows, signal));
  const minutes = [];
  for (let minute = 0; minute < 10; minute += 1) minutes.push(await leastInMinute());
  const { frames } = stdout;
  await quit();
  return { minutes, frames };
}

void measure().then((figures) => {
  process.stdout.write(JSON.stringify(figures));
});
