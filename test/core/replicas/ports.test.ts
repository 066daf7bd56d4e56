import { describe, expect, test } from 'vitest';
import type { Replica, Upstream } from '../../../source/core/snapshot.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { port80, upstreamNode } from '../../helpers/objects.ts';
import { endpoints, ips, pods, read, replica, service, slice, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const names = ['http', 'metrics'] as const;
const published = names.map((name, index) => ({ name, port: 8080 + index, protocol: 'TCP' }));
const subsets = [{ addresses: all.map((ip) => ({ ip })), notReadyAddresses: [], ports: published }];

/** Two Service ports that lead to two ports of three pods. */
const twoPorts = {
  services: read([
    service({
      ports: names.map((name, index) => ({
        name,
        port: 80 + index,
        protocol: 'TCP',
        targetPort: 8080 + index,
      })),
    }),
  ]),
  pods: read(pods(3)),
  endpointSlices: read([slice(all, { ports: published })]),
  endpoints: read([endpoints([], { subsets })]),
};

function of81(hosts: readonly string[]): Upstream {
  const items = hosts.map((host) => upstreamNode(host, { port: 8081 }));
  return upstream([], { id: '81', nodes: { state: 'Read', items }, service: port80({ port: 81 }) });
}

const holding = (name: string, http: readonly string[], metrics: readonly string[]) => {
  const both = read([upstream(http), of81(metrics)]);
  return replica(name, [], { upstreams: both, runtime: both });
};

describe('two ports of a Service in several pods of the gateway', () => {
  const judged = (...replicas: readonly Replica[]) =>
    reportOf({ ...twoPorts, upstreams: read([upstream(all), of81(all)]), replicas: read(replicas) });

  test('are in sync where every pod holds both', () => {
    const report = judged(holding('a', all, all), holding('b', all, all));
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
  });

  test('are told apart where a pod is behind in one of them', () => {
    const { findings, addresses } = judged(holding('a', all, all), holding('b', all, ips(1, 2)));
    expect(findings).toMatchObject([
      { code: 'ReplicaSplit', port: 'metrics', replica: 'gw/b', addresses: ['10.0.0.3:8081'] },
    ]);
    const lost = addresses.filter(({ firstDivergence }) => firstDivergence);
    expect(lost).toMatchObject([{ address: '10.0.0.3:8081', firstDivergence: 'Runtime' }]);
  });

  test('have no digest in a pod that does not tell of one of them', () => {
    const unknown = { ...of81([]), nodes: { state: 'Unread', reason: 'dns discovery' } } as const;
    const half = read([upstream(all), unknown]);
    const report = judged(holding('a', all, all), replica('b', [], { upstreams: half, runtime: half }));
    expect(report.replicas?.map(({ name, digest }) => [name, digest !== undefined])).toEqual([
      ['gw/b', false],
      ['gw/a', true],
    ]);
  });

  test('have each its own health checks, and so has each of several upstreams', () => {
    const checks = (id: string, port: number, hosts: readonly string[]) => ({
      id,
      nodes: { state: 'Read' as const, items: hosts.map((host) => ({ host, port: 8080, healthy: true })) },
      service: port80({ port }),
    });
    const part = upstream(ips(1), { id: '2', service: port80({ subset: 'blue' }) });
    const some = read([upstream(all), part, of81(ips(1, 2))]);
    const healthChecks = read([checks('1', 80, all), checks('2', 80, ips(1)), checks('81', 81, ips(1))]);
    const one = replica('a', [], { upstreams: some, runtime: some, healthChecks });
    const { findings } = reportOf({ ...twoPorts, upstreams: some, replicas: read([one]) });
    expect(findings.map(({ code }) => code)).not.toContain('HealthCheckGhost');
  });
});

test('a pod that has nothing of a Service which the others serve lacks all of its addresses', () => {
  const none = { upstreams: read([]), runtime: read([]) };
  const replicas = read([replica('a', all), replica('b', [], none)]);
  const { findings } = reportOf({ ...agreed, upstreams: read([upstream(all)]), replicas });
  expect(findings).toMatchObject([{ code: 'ReplicaSplit', replica: 'gw/b', addresses: at(1, 2, 3) }]);
});

describe('of pods that use different addresses', () => {
  const outliers = (...replicas: readonly Replica[]) =>
    reportOf({ ...agreed, upstreams: read([upstream(all)]), replicas: read(replicas) })
      .replicas?.filter(({ outlier }) => outlier)
      .map(({ name }) => name);

  test.each<readonly [title: string, replicas: readonly Replica[], wrong: readonly string[]]>([
    ['those are wrong that hold too much', [replica('a', ips(1, 2, 3, 9)), replica('b', all)], ['gw/a']],
    [
      'those are wrong that hold too much, be they more',
      [replica('a', ips(1, 2, 3, 9)), replica('b', all), replica('c', ips(1, 2, 3, 9))],
      ['gw/a', 'gw/c'],
    ],
    [
      'those are wrong that are fewer, where all are equally wrong',
      [replica('a', ips(1, 2)), replica('b', ips(2, 3)), replica('c', ips(3, 2))],
      ['gw/a'],
    ],
    [
      'one is wrong of two that are equally wrong, whoever comes first',
      [replica('a', ips(2, 3)), replica('b', ips(1, 2))],
      ['gw/a'],
    ],
  ])('%s', (_, replicas, wrong) => {
    expect(outliers(...replicas)).toEqual(wrong);
  });
});

test('health checks of nodes that are names probe the IPs behind them, which are no ghosts', () => {
  const named = read([upstream(['web.example.com'])]);
  const one = replica('a', [], { upstreams: named, runtime: named, probed: ips(7) });
  const { findings } = reportOf({ ...agreed, upstreams: named, replicas: read([one]) });
  expect(findings.map(({ code }) => code)).not.toContain('HealthCheckGhost');
});

test('health checks that no pod tells of are Unread in every row', () => {
  const unknown = { state: 'Unread', reason: 'forbidden', source: 'test' } as const;
  const one = replica('a', all, { healthChecks: unknown });
  const { addresses } = reportOf({ ...agreed, upstreams: read([upstream(all)]), replicas: read([one]) });
  expect(addresses.map(({ address, in: { HealthCheck } }) => [address, HealthCheck])).toEqual(
    at(1, 2, 3).map((address) => [address, 'Unread']),
  );
});
