import { expect, test } from 'vitest';
import type { Reading } from '../../source/commands/reader.ts';
import { settle } from '../../source/commands/settle.ts';
import { EpsError } from '../../source/core/error.ts';
import type { Service } from '../../source/core/kubernetes.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { fakeIo } from '../helpers/io.ts';
import { agreed } from '../helpers/judging.ts';
import { changedAt, serverTime } from '../helpers/quiet.ts';
import { endpoints, ips, pod, read, service, slice, snapshot, upstream } from '../helpers/snapshot.ts';

function readingOf(layers: Partial<Snapshot>): Reading {
  const whole = snapshot(layers);
  return { snapshot: whole, services: itemsOf(whole.services) };
}

const stale = { ...agreed, upstreams: read([upstream(ips(1, 2, 3, 4))]) };
const well = { ...agreed, upstreams: read([upstream(ips(1, 2, 3))]) };
/** Endpoints without one of the three, written again and again. */
const changing = (resourceVersion: string) => ({
  ...agreed,
  endpoints: read([endpoints(ips(1, 2), { resourceVersion })]),
});

/** Settles; `readings` are what reading again gives, the last one for ever. */
async function settled(first: Partial<Snapshot>, settleMs: number, ...readings: Partial<Snapshot>[]) {
  const { io } = fakeIo([]);
  const start = io.now().getTime();
  let asked = 0;
  const reports = await settle(
    readingOf(first),
    () => {
      asked += 1;
      return Promise.resolve(readingOf((readings.length > 1 ? readings.shift() : readings[0]) ?? first));
    },
    { settleMs },
    io,
  );
  const [report] = reports;
  return {
    asked,
    took: io.now().getTime() - start,
    status: report?.status,
    confirmations: report?.findings.map(({ code, confirmation }) => [code, confirmation?.state]),
  };
}

test('what is in sync is read once', async () => {
  expect(await settled(well, 30_000)).toEqual({ asked: 0, took: 0, status: 'Synced', confirmations: [] });
});

test('drift is read again until it is confirmed', async () => {
  expect(await settled(stale, 30_000, stale)).toEqual({
    asked: 1,
    took: 1_000,
    status: 'Drift',
    confirmations: [['StaleInUpstream', 'Confirmed']],
  });
});

/** As {@link changing}, of a minute ago by the server's clock. */
const quiet: Partial<Snapshot> = {
  serverTime,
  services: read([service({ changedAt })]),
  pods: read([1, 2, 3].map((number) => pod(number, { changedAt }))),
  endpointSlices: read([slice(ips(1, 2, 3), { changedAt })]),
  endpoints: read([endpoints(ips(1, 2), { changedAt })]),
};

test('where all has long stood still, drift is read again at once', async () => {
  expect(await settled(quiet, 30_000, quiet)).toEqual({
    asked: 1,
    took: 0,
    status: 'Drift',
    confirmations: [['MissingFromEndpoints', 'Confirmed']],
  });
});

test('what changes between two readings at once is awaited as ever', async () => {
  const written = { ...quiet, endpoints: read([endpoints(ips(1), { resourceVersion: '2' })]) };
  expect(await settled(quiet, 30_000, written, written)).toEqual({
    asked: 2,
    took: 1_000,
    status: 'Drift',
    confirmations: [['MissingFromEndpoints', 'Confirmed']],
  });
});

test('drift that was on its way is gone in the end', async () => {
  expect(await settled(stale, 30_000, well)).toMatchObject({ status: 'Synced', confirmations: [] });
});

test('what goes on changing is settling when the time is over', async () => {
  const versions = Array.from({ length: 20 }, (_, index) => changing(String(index + 2)));
  expect(await settled(changing('1'), 30_000, ...versions)).toEqual({
    // After 1, 2, 4, 8 s, and at the end.
    asked: 5,
    took: 30_000,
    status: 'Drift',
    confirmations: [['MissingFromEndpoints', 'Settling']],
  });
});

test('of several Services only those that drift are read again', async () => {
  const { io } = fakeIo([]);
  const calm = service({ name: 'calm', selector: { app: 'none' } });
  const both = readingOf({ ...stale, services: read([service(), calm]) });
  const asked: string[] = [];
  const again = (services: readonly Service[]) => {
    asked.push(...services.map(({ name }) => name));
    return Promise.resolve(readingOf(stale));
  };
  await settle(both, again, { settleMs: 30_000 }, io);
  expect(asked).toEqual(['web']);
});

test('several Services that drift are read again together, each until it is confirmed', async () => {
  const { io } = fakeIo([]);
  const rounds: string[][] = [];
  const layers = (names: readonly string[], version: string) => ({
    ...agreed,
    services: read(names.map((name) => service({ name }))),
    endpointSlices: read(names.map((name) => slice(ips(1, 2, 3), { name, serviceName: name }))),
    endpoints: read(
      names.map((name) => endpoints(ips(1, 2), { name, resourceVersion: name === 'c' ? version : '1' })),
    ),
  });
  const again = (services: readonly Service[]) => {
    const names = services.map(({ name }) => name);
    rounds.push(names);
    return Promise.resolve(readingOf(layers(names, rounds.length === 1 ? '2' : '3')));
  };
  const reports = await settle(readingOf(layers(['a', 'b', 'c'], '1')), again, { settleMs: 30_000 }, io);
  expect(rounds).toEqual([['a', 'b', 'c'], ['c'], ['c']]);
  expect(reports.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
  expect(reports.flatMap(({ findings }) => findings.map(({ confirmation }) => confirmation?.state))).toEqual([
    'Confirmed',
    'Confirmed',
    'Confirmed',
  ]);
});

test('what cannot be read again stays as it was, and why is said', async () => {
  const { io, stderr } = fakeIo([]);
  const refuse = () => Promise.reject(new EpsError('services "web" not found'));
  const [report] = await settle(readingOf(stale), refuse, { settleMs: 30_000 }, io);
  expect(report?.findings).toMatchObject([
    { code: 'StaleInUpstream', confirmation: { state: 'Settling', since: report?.observedAt } },
  ]);
  expect(stderr()).toBe('notice: the drift could not be confirmed: services "web" not found\n');
});

test('a bug in reading again is not taken for an answer', async () => {
  const { io } = fakeIo([]);
  const fail = () => Promise.reject(new TypeError('x is not a function'));
  await expect(settle(readingOf(stale), fail, { settleMs: 30_000 }, io)).rejects.toThrow(TypeError);
});
