import { describe, expect, test } from 'vitest';
import { confirm, nothingSeen, settling, type Sightings } from '../../source/core/confirm.ts';
import { judge } from '../../source/core/judge.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Replica, type Snapshot } from '../../source/core/snapshot.ts';
import { agreed } from '../helpers/judging.ts';
import { port80 } from '../helpers/objects.ts';
import {
  endpoints,
  ips,
  pod,
  pods,
  read,
  replica,
  service,
  slice,
  snapshot,
  upstream,
} from '../helpers/snapshot.ts';

/** One reading at a second of its own. */
function reading(second: number, layers: Partial<Snapshot>): Snapshot {
  return snapshot({ takenAt: `2026-01-01T00:00:0${second}.000Z`, ...layers });
}

/** The confirmations of the last of several readings, by code. */
function confirmations(...readings: readonly Snapshot[]): Readonly<Record<string, unknown>> {
  let seen: Sightings = nothingSeen;
  let last: Readonly<Record<string, unknown>> = {};
  for (const one of readings) {
    const [service] = itemsOf(one.services);
    const [report] = judge(one, itemsOf(one.services));
    if (!service || !report) throw new Error('no report');
    const confirmed = confirm(indexScopes(one)(service), report, seen);
    seen = confirmed.sightings;
    const { findings } = confirmed.report;
    last = Object.fromEntries(findings.map(({ code, confirmation }) => [code, confirmation]));
    expect(settling(confirmed.report)).toEqual(
      findings.filter(({ confirmation }) => confirmation?.state === 'Settling'),
    );
  }
  return last;
}

const stale = { ...agreed, upstreams: read([upstream(ips(1, 2, 3, 4))]) };
const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;

test('what one reading saw may still settle', () => {
  expect(confirmations(reading(1, stale))).toEqual({
    StaleInUpstream: { state: 'Settling', since: at(1) },
  });
});

test('what two readings saw unchanged is confirmed, since the first of them', () => {
  expect(confirmations(reading(1, stale), reading(3, stale))).toEqual({
    StaleInUpstream: { state: 'Confirmed', since: at(1) },
  });
});

test('what changed in between starts anew, and is confirmed by the next reading', () => {
  const more = { ...stale, upstreams: read([upstream(ips(1, 2, 3, 4, 5))]) };
  const readings = [reading(1, stale), reading(2, more)];
  expect(confirmations(...readings)).toEqual({ StaleInUpstream: { state: 'Settling', since: at(2) } });
  expect(confirmations(...readings, reading(3, more))).toEqual({
    StaleInUpstream: { state: 'Confirmed', since: at(2) },
  });
});

test('the same addresses in an object that was written in between may still settle', () => {
  const behind = { ...agreed, endpoints: read([endpoints(ips(1, 2))]) };
  const written = { ...agreed, endpoints: read([endpoints(ips(1, 2), { resourceVersion: '2' })]) };
  expect(confirmations(reading(1, behind), reading(2, written))).toEqual({
    MissingFromEndpoints: { state: 'Settling', since: at(2) },
  });
});

test('a pod that changed in between is no proof, unless it is another one', () => {
  const behind = (...changed: readonly number[]) => ({
    ...agreed,
    pods: read([1, 2, 3].map((n) => pod(n, changed.includes(n) ? { resourceVersion: '2' } : {}))),
    endpoints: read([endpoints(ips(1, 2))]),
  });
  const state = (second: Partial<Snapshot>) =>
    confirmations(reading(1, behind()), reading(2, second))['MissingFromEndpoints'];
  expect(state(behind(3))).toMatchObject({ state: 'Settling' });
  expect(state(behind(1))).toMatchObject({ state: 'Confirmed' });
});

test('a pod of two IP families counts by either of its addresses', () => {
  const behind = (resourceVersion: string) => ({
    ...agreed,
    pods: read([...pods(2), pod(3, { podIPs: ['10.0.0.3', 'fd00::3'], resourceVersion })]),
    endpoints: read([endpoints(ips(1, 2))]),
  });
  expect(confirmations(reading(1, behind('1')), reading(2, behind('2')))).toMatchObject({
    MissingFromEndpoints: { state: 'Settling' },
  });
});

describe('a write into the layer of a finding, which leaves its addresses as they are, starts it anew:', () => {
  const split = (...others: readonly Replica[]) => ({
    ...agreed,
    upstreams: read([upstream(ips(1, 2, 3))]),
    replicas: read([replica('a', ips(1, 2, 3)), ...others]),
  });
  const beside = (reason: string) => {
    const unknown = upstream([], {
      id: '2',
      nodes: { state: 'Unread', reason },
      service: port80({ port: 81 }),
    });
    return { ...agreed, upstreams: read([upstream(ips(1, 2, 3, 4)), unknown]) };
  };
  test.each<readonly [code: string, before: Partial<Snapshot>, after: Partial<Snapshot>]>([
    [
      'StaleInSlices',
      { ...agreed, endpointSlices: read([slice(ips(1, 2, 3, 4))]) },
      { ...agreed, endpointSlices: read([slice(ips(1, 2, 3, 4), { resourceVersion: '2' })]) },
    ],
    ['StaleInUpstream', stale, { ...stale, upstreams: read([upstream(ips(1, 2, 4))]) }],
    [
      'DataPlaneBehind',
      split(replica('b', ips(1, 2, 3), { used: ips(1, 2) })),
      split(
        replica('b', ips(1, 2, 3), { used: ips(1, 2) }),
        replica('c', ips(1, 2, 3), { used: ips(3), runtime: read([]) }),
      ),
    ],
    [
      'DataPlaneBehind',
      split(replica('b', ips(1, 2, 3), { used: ips(1, 2) })),
      split(replica('b', ips(1, 2, 3), { used: ips(2, 1) })),
    ],
    ['StaleInUpstream', beside('dns discovery'), beside('no dump')],
    [
      'HealthCheckGhost',
      split(replica('b', ips(1, 2, 3), { probed: ips(1, 9) })),
      split(replica('b', ips(1, 2, 3), { probed: ips(2, 9) })),
    ],
  ])('%s', (code, before, after) => {
    expect(confirmations(reading(1, before), reading(2, before))[code]).toMatchObject({ state: 'Confirmed' });
    expect(confirmations(reading(1, before), reading(2, after))[code]).toMatchObject({ state: 'Settling' });
  });
});

test('the configuration of any pod of the gateway, which the verdict may be on, may not change', () => {
  const told = (changing: readonly number[]) => ({
    ...agreed,
    pods: read(pods(4)),
    upstreams: read([upstream(ips(1))]),
    replicas: read([replica('a', ips(1)), replica('b', ips(...changing))]),
  });
  const [before, after] = [told([1, 2, 3, 9]), told([1, 2, 3])];
  const state = (second: Partial<Snapshot>) =>
    confirmations(reading(1, before), reading(2, second))['MissingFromUpstream'];
  expect(state(before)).toMatchObject({ state: 'Confirmed' });
  expect(state(after)).toMatchObject({ state: 'Settling' });
});

test('a finding that comes in before another one does not start that one anew', () => {
  const both = { ...stale, endpointSlices: read([slice(ips(1, 2))]) };
  expect(confirmations(reading(1, stale), reading(2, both))).toMatchObject({
    MissingFromSlices: { state: 'Settling' },
    StaleInUpstream: { state: 'Confirmed' },
  });
});

test('readings that are closer than asked for confirm nothing', () => {
  const [first, second] = [reading(1, stale), reading(3, stale)].map((one) => {
    const services = itemsOf(one.services);
    return { scopes: services.map(indexScopes(one)), reports: judge(one, services) };
  });
  const [scope] = first?.scopes ?? [];
  const [before, after] = [first?.reports[0], second?.reports[0]];
  if (!scope || !before || !after) throw new Error('no report');
  const { sightings } = confirm(scope, before, nothingSeen);
  const stateAfter = (afterMs: number) =>
    confirm(scope, after, sightings, { afterMs }).report.findings[0]?.confirmation?.state;
  expect([stateAfter(2000), stateAfter(2001)]).toEqual(['Confirmed', 'Settling']);
});

test('a layer that the finding does not rest on may change', () => {
  const behind = { ...agreed, endpoints: read([endpoints(ips(1, 2))]) };
  const sliced = { ...behind, endpointSlices: read([slice(ips(1, 2, 3), { resourceVersion: '2' })]) };
  expect(confirmations(reading(1, behind), reading(2, sliced))).toMatchObject({
    MissingFromEndpoints: { state: 'Confirmed' },
  });
});

test('without a selector the layers made by hand are the truth, and may not change', () => {
  const byHand = (resourceVersion: string) => ({
    services: read([service({ selector: {} })]),
    endpoints: read([endpoints(ips(1, 2), { resourceVersion })]),
    endpointSlices: read([
      slice(ips(1, 2), {
        managedBy: 'endpointslicemirroring-controller.k8s.io',
        owner: { kind: 'Endpoints', name: 'web', uid: 'uid-web' },
      }),
    ]),
    upstreams: read([upstream(ips(1))]),
  });
  expect(confirmations(reading(1, byHand('1')), reading(2, byHand('1')))).toMatchObject({
    MissingFromUpstream: { state: 'Confirmed' },
  });
  expect(confirmations(reading(1, byHand('1')), reading(2, byHand('2')))).toMatchObject({
    MissingFromUpstream: { state: 'Settling' },
  });
});

test('drift that is gone and comes back starts anew', () => {
  const well = { ...agreed, upstreams: read([upstream(ips(1, 2, 3))]) };
  expect(confirmations(reading(1, stale), reading(2, well), reading(3, stale))).toEqual({
    StaleInUpstream: { state: 'Settling', since: at(3) },
  });
});

test('a legal difference needs no proof', () => {
  const unready = {
    pods: read([...pods(2), pod(3, { ready: false })]),
    endpointSlices: read([
      slice(ips(1, 2)),
      slice(ips(3), {
        name: 'web-def34',
        endpoints: [{ addresses: ips(3), ready: false, serving: false, terminating: false }],
      }),
    ]),
    endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]),
  };
  expect(confirmations(reading(1, unready), reading(2, unready))).toEqual({ PodNotReady: undefined });
});

test('two findings alike in all but their addresses are confirmed each for itself', () => {
  const stray = (id: string, ...nodes: readonly string[]) => upstream(nodes, { id });
  const twice = {
    ...agreed,
    upstreams: read([stray('1', ...ips(1, 1, 2, 3)), stray('2', ...ips(1, 2, 3, 3))]),
  };
  const one = reading(1, twice);
  const [service] = itemsOf(one.services);
  const [report] = judge(one, itemsOf(one.services));
  if (!service || !report) throw new Error('no report');
  const scope = indexScopes(one)(service);
  const second = confirm(scope, report, confirm(scope, report, nothingSeen).sightings);
  const states = second.report.findings.map(({ code, confirmation }) => [code, confirmation?.state]);
  expect(states).toEqual([
    ['DuplicateNode', 'Confirmed'],
    ['DuplicateNode', 'Confirmed'],
  ]);
});
