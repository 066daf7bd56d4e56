/** Run in a process of its own, by bench/sections/screen.ts: prints its figures as JSON. */
import { setTimeout as pause } from 'node:timers/promises';
import { observer } from '../../source/commands/observe.ts';
import { reduce } from '../../source/views/ui/reduce.ts';
import { initialState } from '../../source/views/ui/state.ts';
import type { World } from '../../source/views/ui/model.ts';
import { service, snapshotOf } from '../generated.ts';
import { cpu } from './cpu.ts';
import { opener, type Open } from './open.ts';
import { changed, churn, worldOf } from './worlds.ts';

async function firstFrame(open: Open, world: World): Promise<number> {
  const start = performance.now();
  const { stdout, quit } = open(world);
  // The first write opens the alternate screen.
  while (stdout.frames < 2) await stdout.nextFrame();
  const took = performance.now() - start;
  await quit();
  return took;
}

/** Each changes what is on the screen. */
const keys = [
  'j',
  'k',
  '\u0006',
  '\u0002',
  'G',
  'g',
  'z',
  'z',
  '\r',
  '\u001b',
  'N',
  'N',
  '\t',
  '\u001b[Z',
  '/',
  '1',
  '0',
  '\u001b',
];

/** ms of CPU that each key costs, its frame with it: nothing else happens meanwhile. */
async function pressed(open: Open, world: World): Promise<readonly number[]> {
  const { stdin, quit } = open(world);
  await pause(500);
  const taken: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const key of keys) {
      const start = cpu();
      stdin.write(key);
      await pause(100);
      // The first rounds warm up.
      if (round >= 2) taken.push(cpu() - start);
    }
  }
  await quit();
  return taken;
}

/** Share of a core, and worlds a second, while ten moments a second bring twenty changes each. */
async function absorbed(
  open: Open,
  rows: number,
  ms: number,
): Promise<readonly [share: number, frames: number]> {
  const { stdout, quit } = open(worldOf(rows), (signal) => churn(rows, signal));
  await pause(3000);
  const [start, began, drawn] = [cpu(), performance.now(), stdout.frames];
  await pause(ms);
  const wall = performance.now() - began;
  const found = [(cpu() - start) / wall, ((stdout.frames - drawn) * 1000) / wall] as const;
  await quit();
  return found;
}

/** The heap after as many worlds as come in ten minutes, by what it was after a sixth of them. */
function heapGrowth(rows: number): number {
  const observe = observer(true);
  let snapshot = snapshotOf(rows);
  let state = initialState({
    world: worldOf(rows),
    size: { columns: 160, rows: 50 },
    now: 0,
    isLive: true,
    hasList: false,
  });
  const heap: number[] = [];
  for (let round = 1; round <= 600; round += 1) {
    snapshot = changed(snapshot, round, 20);
    const world = observe({ snapshot, services: [service], freshness: [] });
    state = reduce(state, { kind: 'observed', world, now: round * 1000 });
    if (round % 100 === 0) {
      globalThis.gc?.();
      heap.push(process.memoryUsage().heapUsed);
    }
  }
  const [early = 1] = heap;
  return (heap.at(-1) ?? 0) / early;
}

async function measure(large: number): Promise<object> {
  const open = await opener();
  const world = worldOf(large);
  const first = await firstFrame(open, world);
  const few = await pressed(open, worldOf(100));
  const many = await pressed(open, world);
  const [share, updates] = await absorbed(open, large, 10_000);
  return { first, few, many, share, updates, heap: heapGrowth(2000) };
}

void measure(50_000).then((figures) => {
  process.stdout.write(JSON.stringify(figures));
});
