import { describe, expect, test } from 'vitest';
import { optional } from '../../source/core/door.ts';
import type { ReportFinding, ServiceReport } from '../../source/core/report.ts';
import type { Replica, RuntimeUpstream } from '../../source/core/snapshot.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { port80, without } from '../helpers/objects.ts';
import { ips, read, replica, unread, upstream } from '../helpers/snapshot.ts';

const all = ips(1, 2, 3);

function judged(...replicas: readonly Replica[]): ServiceReport {
  return reportOf({ ...agreed, upstreams: read([upstream(all)]), replicas: read(replicas) });
}

const about = ({ code, gateway, replica: pod, addresses }: ReportFinding) => [code, gateway, pod, addresses];
const names = ({ replicas = [] }: ServiceReport) => replicas.map(({ name }) => name);
const written = (hosts: readonly string[], revision: number) =>
  read<RuntimeUpstream>([{ ...upstream(hosts), revision }]);

describe('pods of the gateway', () => {
  test('that agree with the configuration and the pods are in sync, under one digest', () => {
    const report = judged(replica('a', all), replica('b', all));
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(report.layers.slice(4)).toEqual([
      { name: 'Runtime', state: 'Read', objects: 2, addresses: 3, ready: 3, source: 'test' },
      { name: 'HealthCheck', state: 'Absent' },
    ]);
    expect(report.replicas?.map(({ outlier }) => outlier)).toEqual([false, false]);
    expect(new Set(report.replicas?.map(({ digest }) => digest)).size).toBe(1);
    expect(report.addresses[0]?.in).toMatchObject({ Upstream: 'Present', Runtime: 'Present' });
    expect(report.addresses[0]?.in).not.toHaveProperty('HealthCheck');
  });

  test('are in no report when they were not asked', () => {
    const report = reportOf({ ...agreed, upstreams: read([upstream(all)]) });
    expect(report.layers).toHaveLength(4);
    expect(report).not.toHaveProperty('replicas');
  });

  test('of which nothing is known, and whose configuration is not either, are Unread in both', () => {
    const blind = replica('a', [], { upstreams: unread, runtime: unread });
    const report = reportOf({ ...agreed, upstreams: unread, replicas: read([blind]) });
    expect(report.addresses[0]?.in).toMatchObject({ Upstream: 'Unread', Runtime: 'Unread' });
  });

  test('that do not tell what they use of a Service that is not in the gateway are no column', () => {
    const blind = replica('a', [], { upstreams: read([]), runtime: unread });
    const report = reportOf({ ...agreed, upstreams: read([]), replicas: read([blind]) });
    expect(report.addresses[0]?.in).not.toHaveProperty('Runtime');
  });

  test('that do not tell what they use are no matter where the gateway knows the ClusterIP alone', () => {
    const byClusterIp = read([upstream(['10.96.0.1'], { service: port80({ granularity: 'service' }) })]);
    const [told, blind] = [byClusterIp, unread].map((runtime, index) =>
      replica(`pod-${index}`, [], { upstreams: byClusterIp, runtime }),
    );
    if (!told || !blind) throw new Error('two are made');
    const report = reportOf({ ...agreed, upstreams: byClusterIp, replicas: read([told, blind]) });
    expect(report).toMatchObject({ status: 'Synced', findings: [{ code: 'UpstreamByClusterIP' }] });
  });

  test('that use a subset need not have every address', () => {
    const { service: owner } = upstream([]);
    const part = upstream(ips(1), { ...(owner && { service: { ...owner, subset: 'blue' } }) });
    const holding = { upstreams: read([part]), runtime: read([part]) };
    const report = reportOf({
      ...agreed,
      upstreams: read([part]),
      replicas: read([replica('a', [], holding)]),
    });
    expect(drift(report)).toEqual([]);
  });

  test('of which one is behind are a ReplicaSplit, and it stands first', () => {
    const report = judged(replica('a', all), replica('b', ips(1, 9)), replica('c', all));
    expect(report.findings.map(about)).toEqual([['ReplicaSplit', 'apisix', 'gw/b', at(2, 3, 9)]]);
    expect(report.findings[0]?.message).toBe(
      '1 of 3 APISIX pods behind the others: gw/b (lacks 2 addresses, has 1 address too many)',
    );
    expect(names(report)).toEqual(['gw/b', 'gw/a', 'gw/c']);
    expect(report.replicas?.map(({ outlier }) => outlier)).toEqual([true, false, false]);
    const diverging = report.addresses.filter(({ firstDivergence }) => firstDivergence);
    expect(diverging).toMatchObject([
      { address: '10.0.0.2:8080', firstDivergence: 'Runtime', because: 'ReplicaSplit' },
      { address: '10.0.0.3:8080', firstDivergence: 'Runtime', because: 'ReplicaSplit' },
      { address: '10.0.0.9:8080', in: { Upstream: 'Absent', Runtime: 'Present' } },
    ]);
  });

  test('are judged by who is right, not by how many they are', () => {
    const report = judged(replica('a', all), replica('b', ips(1)), replica('c', ips(1)));
    expect(report.findings.map(about)).toEqual([['ReplicaSplit', 'apisix', undefined, at(2, 3)]]);
    expect(names(report)).toEqual(['gw/b', 'gw/c', 'gw/a']);
  });

  test('of a gateway that does not serve the Service need not hold its addresses', () => {
    const { id, source, nodes } = upstream(ips(1, 2));
    const other = { id, name: 'of another Service', source, nodes };
    const elsewhere = { gateway: 'edge/apisix', upstreams: read([other]), runtime: read([other]) };
    expect(judged(replica('a', all), replica('b', [], elsewhere))).toMatchObject({
      status: 'Synced',
      findings: [],
    });
  });

  test('may use a drained node of which the configuration could not be read', () => {
    const drained = upstream([], {
      nodes: {
        state: 'Read',
        items: [...all, '10.0.0.9'].map((host) => ({
          host,
          port: 8080,
          weight: host === '10.0.0.9' ? 0 : 100,
          priority: 0,
        })),
      },
    });
    const unknown = { upstreams: unread, runtime: read([drained]) };
    const report = reportOf({ ...agreed, upstreams: unread, replicas: read([replica('a', [], unknown)]) });
    expect(report).toMatchObject({ status: 'Unknown', findings: [] });
  });

  test('do not use an upstream that nothing refers to, where there is another', () => {
    const inline = upstream(all, { id: '1', inline: { kind: 'Service', id: '1' } });
    const stale = upstream(ips(1, 9), { id: '1', orphan: 'Unreferenced' });
    const holding = { upstreams: read([inline, stale]), runtime: read([inline]) };
    const report = reportOf({
      ...agreed,
      upstreams: read([inline, stale]),
      replicas: read([replica('a', [], holding)]),
    });
    expect(drift(report)).toEqual([]);
  });

  test('may hold and probe an upstream that nothing refers to, which is not judged there either', () => {
    const checked = (id: string, hosts: readonly string[]) => ({
      id,
      nodes: { state: 'Read' as const, items: hosts.map((host) => ({ host, port: 8080, healthy: true })) },
      service: port80(),
    });
    const [own, left] = [upstream(all), upstream(ips(1, 9), { id: '2', orphan: 'Unreferenced' })];
    const holding = {
      upstreams: read([own, left]),
      runtime: read([own, without(left, 'orphan')]),
      healthChecks: read([checked('1', all), checked('2', ips(9))]),
    };
    const replicas = read([replica('a', [], holding)]);
    const report = reportOf({ ...agreed, upstreams: read([own, left]), replicas });
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(report.addresses.map(({ address }) => address)).toEqual(at(1, 2, 3));
    expect(report.layers.at(-1)).toMatchObject({ name: 'HealthCheck', addresses: 3, healthy: 3 });
  });

  test('that use something else than they are configured with are DataPlaneBehind', () => {
    const report = judged(replica('a', all), replica('b', all, { used: ips(1, 2) }));
    expect(report.findings.map(about)).toEqual([['DataPlaneBehind', 'apisix', 'gw/b', at(3)]]);
    expect(report.findings[0]?.hint).toMatch(/^kubectl delete pod b -n gw {2}#/);
  });

  test('whose configuration cannot be read are measured by that of the others', () => {
    const blind = replica('b', all, { used: ips(1, 2), upstreams: unread });
    expect(judged(replica('a', all), blind).findings.map(about)).toEqual([
      ['DataPlaneBehind', 'apisix', 'gw/b', at(3)],
    ]);
  });

  test('that are all wrong while no configuration is known are DataPlaneBehind', () => {
    const report = reportOf({
      ...agreed,
      upstreams: unread,
      replicas: read(['a', 'b'].map((name) => replica(name, ips(1, 2), { upstreams: unread }))),
    });
    expect(drift(report)).toEqual([['DataPlaneBehind', at(3)]]);
  });

  test('that follow a wrong configuration add no finding of their own', () => {
    const report = reportOf({
      ...agreed,
      upstreams: read([upstream(ips(1, 2))]),
      replicas: read([replica('a', ips(1, 2))]),
    });
    expect(drift(report)).toEqual([['MissingFromUpstream', at(3)]]);
  });

  test('that could not be read leave the verdict Unknown and say why, and the others count', () => {
    const report = judged(
      replica('a', all),
      replica('b', all, { runtime: { ...unread, reason: 'it hangs' } }),
    );
    expect(report).toMatchObject({ status: 'Unknown', findings: [] });
    expect(report.layers[4]).toMatchObject({ state: 'Read', objects: 1, reason: 'gw/b: it hangs' });
    expect(names(report)).toEqual(['gw/b', 'gw/a']);
    expect(report.addresses.map(({ address }) => address)).toEqual(at(1, 2, 3));
    expect(report.replicas?.[0]).not.toHaveProperty('digest');
  });

  test('none of which could be read are an Unread layer', () => {
    const report = judged(replica('a', all, { runtime: unread, healthChecks: unread }));
    expect(report.layers[4]).toMatchObject({ name: 'Runtime', state: 'Unread', reason: 'gw/a: forbidden' });
    expect(report.addresses[0]?.in).toMatchObject({ Runtime: 'Unread' });
    expect(report.status).toBe('Unknown');
  });
});

describe('standalone pods', () => {
  const alone = (name: string, hosts: readonly string[], revision: number) =>
    replica(name, hosts, { isStandalone: true, runtime: written(hosts, revision) });

  test('with an older configuration under a higher version refuse the newer one', () => {
    const report = judged(alone('a', all, 7), alone('b', ips(1, 9), 12));
    expect(report.findings.map(about)).toEqual([['ConfVersionRejected', 'apisix', 'gw/b', at(2, 3, 9)]]);
  });

  test.each([
    ['a lower version', [6, 7, 7]],
    ['the same version', [7, 7, 7]],
    ['a version that is not higher than those of all others', [12, 7, 13]],
  ])('with an older configuration under %s were merely not sent it', (_, [own = 0, ...others]) => {
    const right = others.map((revision, index) => alone(`a${index}`, all, revision));
    const report = judged(...right, alone('b', ips(1, 9), own));
    expect(report.findings.map(({ code }) => code)).toEqual(['ReplicaSplit']);
  });
});

describe('health checks', () => {
  test('that probe what gets no requests are HealthCheckGhost', () => {
    const report = judged(replica('a', all, { probed: ips(1, 2, 3, 9) }), replica('b', all));
    expect(report.findings.map(about)).toEqual([['HealthCheckGhost', 'apisix', 'gw/a', at(9)]]);
    expect(report.findings[0]).toMatchObject({ severity: 'Warning', layer: 'HealthCheck' });
    expect(report.layers[5]).toMatchObject({ state: 'Read', addresses: 4, ready: 4, healthy: 4 });
    expect(report.addresses.at(-1)).toMatchObject({
      in: { Runtime: 'Absent', HealthCheck: 'Present' },
      firstDivergence: 'HealthCheck',
      because: 'HealthCheckGhost',
    });
  });

  test('find an address ill when one pod does', () => {
    const checks = (healthy: boolean) => ({
      id: '1',
      nodes: { state: 'Read' as const, items: [{ host: '10.0.0.1', port: 8080, healthy }] },
      ...optional('service', upstream([]).service),
    });
    const report = judged(
      replica('a', all, { healthChecks: read([checks(true)]) }),
      replica('b', all, { healthChecks: read([checks(false)]) }),
    );
    expect(report.layers[5]).toMatchObject({ addresses: 1, ready: 1, healthy: 0 });
  });

  test('need not probe every address', () => {
    expect(judged(replica('a', all, { probed: ips(1) }))).toMatchObject({ status: 'Synced', findings: [] });
  });

  test('that cannot be read leave the verdict alone: they do not say where requests go', () => {
    const report = judged(replica('a', all, { healthChecks: unread }));
    expect(report).toMatchObject({ status: 'Synced' });
    expect(report.addresses.map(({ address }) => address)).toEqual(at(1, 2, 3));
    expect(report.layers[5]).toMatchObject({ state: 'Unread', reason: 'gw/a: forbidden' });
  });
});

test('the order of the pods does not show', () => {
  const pods = [replica('a', all), replica('b', ips(1)), replica('c', all, { runtime: unread })];
  expect(judged(...pods.toReversed())).toEqual(judged(...pods));
});
