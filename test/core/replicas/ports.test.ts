import { describe, expect, test } from 'vitest';
import type { Replica } from '../../../source/core/snapshot.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { port80, unreadyPod } from '../../helpers/objects.ts';
import { ips, pods, read, replica, unread, upstream } from '../../helpers/snapshot.ts';
import { checksOf, holding, of81, twoPorts } from '../../helpers/two-ports.ts';

const all = ips(1, 2, 3);
const both = (http: readonly string[], metrics: readonly string[]) => [upstream(http), of81(metrics)];

describe('two ports of a Service in several pods of the gateway', () => {
  const judged = (...replicas: readonly Replica[]) =>
    reportOf({ ...twoPorts, upstreams: read([upstream(all), of81(all)]), replicas: read(replicas) });

  test('are in sync where every pod holds both', () => {
    const report = judged(holding('a', both(all, all)), holding('b', both(all, all)));
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
  });

  test('are told apart where a pod is behind in one of them', () => {
    const { findings, addresses } = judged(holding('a', both(all, all)), holding('b', both(all, ips(1, 2))));
    expect(findings).toMatchObject([
      { code: 'ReplicaSplit', port: 'metrics', replica: 'gw/b', addresses: ['10.0.0.3:8081'] },
    ]);
    const lost = addresses.filter(({ firstDivergence }) => firstDivergence);
    expect(lost).toMatchObject([{ address: '10.0.0.3:8081', firstDivergence: 'Runtime' }]);
  });

  test('have no digest in a pod that does not tell of one of them', () => {
    const unknown = { ...of81([]), nodes: { state: 'Unread', reason: 'dns discovery' } } as const;
    const report = judged(holding('a', both(all, all)), holding('b', [upstream(all), unknown]));
    expect(report.replicas?.map(({ name, digest }) => [name, digest !== undefined])).toEqual([
      ['gw/b', false],
      ['gw/a', true],
    ]);
  });

  test('have each its own health checks, and so has each of several upstreams', () => {
    const part = upstream(ips(1), { id: '2', service: port80({ subset: 'blue' }) });
    const some = [upstream(all), part, of81(ips(1, 2))];
    const healthChecks = read(some.map((one, index) => checksOf(one, index === 0 ? all : ips(1))));
    const one = holding('a', some, { healthChecks });
    const { findings } = reportOf({ ...twoPorts, upstreams: read(some), replicas: read([one]) });
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

describe('what a pod has under the id of an upstream', () => {
  const judged = (other: Replica) =>
    reportOf({
      ...twoPorts,
      upstreams: read([upstream(all)]),
      replicas: read([holding('a', [upstream(all)]), other]),
    }).findings;

  test('is none of its nodes when it is for another port', () => {
    const { id } = upstream([]);
    expect(judged(holding('b', [{ ...of81(all), id }]))).toContainEqual(
      expect.objectContaining({
        code: 'ReplicaSplit',
        message: '1 of 2 APISIX pods behind the others: gw/b (lacks 3 addresses)',
      }),
    );
  });

  test('is none of its nodes when it leads to the ClusterIP', () => {
    const byIp = upstream(['10.96.0.1'], { service: port80({ granularity: 'service' }) });
    expect(judged(holding('b', [byIp]))).toMatchObject([
      { message: '1 of 2 APISIX pods behind the others: gw/b (lacks 3 addresses)' },
    ]);
  });
});

test('a gateway need not serve a port that another one serves', () => {
  const { upstreams, runtime } = holding('b', [of81(all)]);
  const replicas = [
    holding('a', [upstream(all)], { gateway: 'edge' }),
    replica('b', [], { gateway: 'internal', upstreams, runtime }),
  ];
  const report = reportOf({ ...twoPorts, upstreams: read(both(all, all)), replicas: read(replicas) });
  expect(report).toMatchObject({ status: 'Synced', findings: [] });
});

test('an address that no pod which told holds is Absent, whatever the others may hold', () => {
  const replicas = read([replica('a', all), replica('b', all, { runtime: unread })]);
  const { addresses } = reportOf({
    ...agreed,
    pods: read([...pods(3), unreadyPod(4)]),
    upstreams: read([upstream(all)]),
    replicas,
  });
  expect(addresses.map(({ in: { Runtime } }) => Runtime)).toEqual([
    'Present',
    'Present',
    'Present',
    'Absent',
  ]);
});
