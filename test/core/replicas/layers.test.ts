import { describe, expect, test } from 'vitest';
import type { Replica, Snapshot } from '../../../source/core/snapshot.ts';
import { agreed, reportOf } from '../../helpers/judging.ts';
import { port80 } from '../../helpers/objects.ts';
import { ips, read, replica, unread, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const judged = (replicas: Snapshot['replicas']) =>
  reportOf({ ...agreed, upstreams: read([upstream(all)]), replicas });
const digests = (...replicas: readonly Replica[]) =>
  new Set(judged(read(replicas)).replicas?.map(({ digest }) => digest));

describe('each pod of the gateway', () => {
  test('has the counts of what it holds, and of its health checks those that are well', () => {
    const checks = [true, false].map((healthy, index) => ({
      host: `10.0.0.${index + 1}`,
      port: 8080,
      healthy,
    }));
    const healthChecks = read([
      { id: '1', nodes: { state: 'Read' as const, items: checks }, service: port80() },
    ]);
    const whole = { state: 'Read', objects: 1, addresses: 3, ready: 3, source: 'test' };
    const [one] = judged(read([replica('a', all, { healthChecks })])).replicas ?? [];
    expect(one).toMatchObject({ gateway: 'apisix', name: 'gw/a', outlier: false });
    expect(one?.digest).toMatch(/^[0-9a-f]{8}$/);
    expect(one?.layers).toEqual([
      { ...whole, name: 'Upstream' },
      { ...whole, name: 'Runtime' },
      { ...whole, name: 'HealthCheck', addresses: 2, ready: 2, healthy: 1 },
    ]);
  });

  test('says why it could not be read, and why a part of it is not known', () => {
    const nodes = { state: 'Unread', reason: 'dns discovery' } as const;
    const runtime = read([upstream([], { nodes })]);
    const [one] = judged(read([replica('a', all, { runtime, healthChecks: unread })])).replicas ?? [];
    expect(one).not.toHaveProperty('digest');
    expect(one?.layers.slice(1)).toEqual([
      {
        name: 'Runtime',
        state: 'Read',
        objects: 1,
        addresses: 0,
        ready: 0,
        source: 'test',
        reason: 'gw/a: dns discovery',
      },
      { name: 'HealthCheck', state: 'Unread', reason: 'forbidden', source: 'test' },
    ]);
  });

  test('has the digest of those that use the same in whatever order, and of no others', () => {
    expect(digests(replica('a', all), replica('b', ips(3, 1, 2))).size).toBe(1);
    expect(digests(replica('a', all), replica('b', ips(1, 2))).size).toBe(2);
  });
});

describe('the pods of the gateway together', () => {
  const layersOf = (replicas: Snapshot['replicas']) => judged(replicas).layers.slice(4);
  const absent = ['Runtime', 'HealthCheck'].map((name) => ({ name, state: 'Absent' }));
  const nothing = { upstreams: read([]), runtime: read([]) };

  test('are Unread where they could not be listed, or there are none', () => {
    expect(layersOf(unread)).toMatchObject([
      { name: 'Runtime', state: 'Unread', reason: 'forbidden' },
      { name: 'HealthCheck', state: 'Unread', reason: 'forbidden' },
    ]);
    expect(layersOf(read([]))).toMatchObject([
      { name: 'Runtime', state: 'Unread', reason: 'no pod of the gateway told' },
      { name: 'HealthCheck', state: 'Unread' },
    ]);
  });

  test('are no layer of a Service of which none has anything', () => {
    const report = reportOf({ ...agreed, upstreams: read([]), replicas: read([replica('a', [], nothing)]) });
    expect(report.layers.slice(4)).toEqual(absent);
  });

  test('are Unread where one has nothing of the Service, and the other could not be asked', () => {
    const replicas = read([replica('a', [], nothing), replica('b', [], { ...nothing, runtime: unread })]);
    expect(layersOf(replicas)[0]).toMatchObject({
      name: 'Runtime',
      state: 'Unread',
      reason: 'gw/b: forbidden',
    });
  });

  test('are read where they use nothing at all', () => {
    expect(layersOf(read([replica('a', all, { used: [] })]))).toMatchObject([
      { name: 'Runtime', state: 'Read', addresses: 0 },
      { name: 'HealthCheck', state: 'Absent' },
    ]);
  });

  test('have a layer of health checks where those of one of them could not be read', () => {
    const half = read([replica('a', all), replica('b', all, { healthChecks: unread })]);
    expect(layersOf(half)[1]).toMatchObject({
      name: 'HealthCheck',
      state: 'Read',
      objects: 1,
      addresses: 0,
      reason: 'gw/b: forbidden',
    });
  });
});
