import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressOn } from '../../source/commands/progress.ts';
import { talkOn } from '../../source/commands/talk.ts';
import type { Cluster } from '../../source/sources/kubernetes/connection.ts';
import { kinds } from '../../source/sources/kubernetes/kinds.ts';
import { fakeIo } from '../helpers/io.ts';
import { FakeScreen } from '../helpers/terminal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** stderr on a terminal, and a cluster whose every list has three objects and takes `ms`. */
function open({ ms, env = {}, isTTY = true }: { ms: number; env?: Record<string, string>; isTTY?: boolean }) {
  const screen = Object.assign(new FakeScreen(80, 24), { isTTY });
  const stderr = talkOn(screen as unknown as NodeJS.WriteStream);
  const { counting, during } = progressOn({ ...fakeIo([]).io, stderr, env, now: () => new Date() });
  const after = async <Value>(value: Value): Promise<Value> => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return value;
  };
  const server: Pick<Cluster, 'get' | 'list'> = {
    get: () => after({ gitVersion: 'v1.37.2' }),
    list: async (_path, _query, { parse }) => after({ items: [1, 2, 3].map(parse), resourceVersion: '' }),
  };
  const cluster = counting(server as Cluster);
  const reading = during(async () => {
    await cluster.get('/version');
    await cluster.list('/api/v1/pods', {}, kinds.pods);
    await cluster.list('/api/v1/nodes', {}, kinds.nodes);
  });
  return { screen, stderr, reading };
}

test('a long reading says how many objects have come and how long it takes, and leaves nothing', async () => {
  const { screen, stderr, reading } = open({ ms: 1500 });
  await vi.advanceTimersByTimeAsync(900);
  expect(screen.text).toBe('');
  await vi.advanceTimersByTimeAsync(200);
  expect(screen.lines).toEqual(['reading: 0 objects, 1 s']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.lines).toEqual(['reading: 1 object, 2 s']);
  stderr.write('notice: found\n');
  expect(screen.lines).toEqual(['notice: found', 'reading: 1 object, 2 s']);
  await vi.advanceTimersByTimeAsync(1500);
  expect(screen.lines).toEqual(['notice: found', 'reading: 4 objects, 3 s']);
  await vi.runAllTimersAsync();
  await reading;
  expect(screen.lines).toEqual(['notice: found', '']);
});

test('a reading that fails leaves nothing either', async () => {
  const screen = new FakeScreen(80, 24);
  const stderr = talkOn(screen as unknown as NodeJS.WriteStream);
  const failing = progressOn({ ...fakeIo([]).io, stderr, now: () => new Date() }).during(
    () =>
      new Promise((_, reject) => {
        setTimeout(reject, 1500, new Error('forbidden'));
      }),
  );
  failing.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(1400);
  expect(screen.lines).toEqual(['reading: 0 objects, 1 s']);
  await vi.advanceTimersByTimeAsync(200);
  await expect(failing).rejects.toThrow('forbidden');
  expect(screen.lines).toEqual(['']);
});

test.each([
  ['short', { ms: 300 }],
  ['without a terminal', { ms: 1500, isTTY: false }],
  ['on a terminal that cannot erase', { ms: 1500, env: { TERM: 'dumb' } }],
])('a reading that is %s says nothing', async (_, options) => {
  const { screen, reading } = open(options);
  await vi.runAllTimersAsync();
  await reading;
  expect(screen.text).toBe('');
});

test('while texts are kept back for a screen nothing is said of it, and what was said is gone', async () => {
  const { screen, stderr, reading } = open({ ms: 1500 });
  await vi.advanceTimersByTimeAsync(1100);
  expect(screen.lines).toEqual(['reading: 0 objects, 1 s']);
  stderr.hold();
  expect(screen.lines).toEqual(['']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(screen.lines).toEqual(['']);
  stderr.release();
  await vi.runAllTimersAsync();
  await reading;
});

test('it is counted by kind what has been asked for, and of which more is awaited', async () => {
  const { counting, kinds: told } = progressOn(fakeIo([]).io);
  const never = new Promise<never>(() => undefined);
  const cluster = counting({
    get: () => Promise.resolve({}),
    list: (path: string) => (path.endsWith('/nodes') ? never : Promise.resolve({ items: [1, 2] })),
  } as unknown as Cluster);
  const shop = 'namespaces/shop';
  void cluster.get(`/api/v1/${shop}/services/web`);
  void cluster.list(`/api/v1/${shop}/pods`, { labelSelector: 'app=web' }, kinds.pods);
  void cluster.list(`/apis/discovery.k8s.io/v1/${shop}/endpointslices`, {}, kinds.endpointSlices);
  void cluster.list('/api/v1/nodes', {}, kinds.nodes);
  void cluster.get('/version');
  void cluster.list(`/api/v1/${shop}/pods`, {}, kinds.pods);
  await vi.advanceTimersByTimeAsync(1);
  expect(told()).toEqual([
    { kind: 'services', objects: 1, isRead: true },
    { kind: 'pods', objects: 4, isRead: true },
    { kind: 'endpointslices', objects: 2, isRead: true },
    { kind: 'nodes', objects: 0, isRead: false },
    { kind: 'others', objects: 1, isRead: true },
  ]);
});
