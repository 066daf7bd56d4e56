import { describe, expect, test } from 'vitest';
import type { ReportFinding, ServiceReport } from '../../source/core/report.ts';
import type { Upstream } from '../../source/core/snapshot.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { without } from '../helpers/objects.ts';
import { ips, read, replica, unread, upstream } from '../helpers/snapshot.ts';
import { checksOf } from '../helpers/two-ports.ts';

const all = ips(1, 2, 3);
const by1 = (hosts: readonly string[]) => upstream(hosts);
const by2 = (hosts: readonly string[], changes: Partial<Upstream> = {}) =>
  upstream(hosts, { id: '2', name: 'web_by_rule', ...changes });

/** A pod with two upstreams of the Service port: what it is configured with, and what its workers use of it. */
function pod(name: string, configured: readonly Upstream[], used = configured) {
  return replica(name, [], { upstreams: read(configured), runtime: read(used) });
}

function judged(...replicas: readonly ReturnType<typeof replica>[]): ServiceReport {
  return reportOf({ ...agreed, upstreams: read([by1(all), by2(all)]), replicas: read(replicas) });
}

const right = pod('a', [by1(all), by2(all)]);
const about = ({ code, replica: name, upstream: which, addresses }: ReportFinding) => [
  code,
  name,
  which,
  addresses,
];

describe('an address that one upstream of a pod lacks and another one holds', () => {
  test('is a ReplicaSplit where the pod is configured so', () => {
    const report = judged(right, pod('b', [by1(all), by2(ips(1, 2))]));
    expect(report.findings.map(about)).toEqual([['ReplicaSplit', 'gw/b', 'web_by_rule', at(3)]]);
    expect(report.findings[0]?.message).toBe(
      '1 of 2 APISIX pods behind the others: gw/b (lacks 1 address), in web_by_rule',
    );
    expect(report.addresses.at(-1)).toMatchObject({
      in: { Upstream: 'Present', Runtime: 'Absent' },
      because: 'ReplicaSplit',
    });
    expect(report.replicas?.map(({ name, outlier }) => [name, outlier])).toEqual([
      ['gw/b', true],
      ['gw/a', false],
    ]);
  });

  test('is a DataPlaneBehind where its workers alone lack it', () => {
    const report = judged(right, pod('b', [by1(all), by2(all)], [by1(all), by2(ips(1, 2))]));
    expect(report.findings.map(about)).toEqual([['DataPlaneBehind', 'gw/b', 'web_by_rule', at(3)]]);
  });

  test('is a ReplicaSplit where the pod lacks the upstream altogether', () => {
    const report = judged(right, pod('b', [by1(all)]));
    expect(report.findings.map(about)).toEqual([['ReplicaSplit', 'gw/b', 'web_by_rule', at(1, 2, 3)]]);
  });

  test('is one finding with what the other upstreams of the pod lack', () => {
    const report = judged(right, pod('b', [by1(ips(1, 3)), by2(ips(1, 2))]));
    expect(report.findings.map(about)).toEqual([
      ['ReplicaSplit', 'gw/b', 'shop_web_80, web_by_rule', at(2, 3)],
    ]);
    expect(report.findings[0]?.message).toContain('gw/b (lacks 2 addresses)');
  });

  test('is no fault of the pods where every configuration lacks it', () => {
    const wrong = [by1(all), by2(ips(1, 2))];
    expect(drift(judged(pod('a', wrong), pod('b', wrong)))).toEqual([['MissingFromUpstream', at(3)]]);
  });
});

describe('several upstreams of a Service port', () => {
  test('are in sync where every pod holds all addresses in each, in whatever order', () => {
    const report = judged(right, pod('b', [by2(ips(3, 1, 2)), by1(ips(2, 3, 1))]));
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(new Set(report.replicas?.map(({ digest }) => digest)).size).toBe(1);
  });

  test('may hold a part of the addresses where they are of a subset', () => {
    const { service } = upstream([]);
    const part = by2(ips(1), service ? { service: { ...service, subset: 'v1' } } : {});
    const pods = ['a', 'b'].map((name) => pod(name, [by1(all), part]));
    expect(drift(judged(...pods))).toEqual([]);
  });

  test('are told apart where an object that holds one inside has the id of another', () => {
    const inside = by2(all, { id: '1', inline: { kind: 'Service', id: '1' } });
    const pods = ['a', 'b'].map((name) => pod(name, [by1(ips(1, 2, 3)), inside]));
    expect(drift(judged(...pods))).toEqual([]);
    const late = pod('b', [by1(all), { ...inside, nodes: by2(ips(1, 2)).nodes }]);
    expect(drift(judged(pod('a', [by1(all), inside]), late))).toEqual([['ReplicaSplit', at(3)]]);
  });
});

describe('an upstream that nothing refers to', () => {
  const left = by2(ips(1, 9), { orphan: 'Unreferenced' });
  const checks = read([checksOf(by1([]), ips(1)), checksOf(left, ips(9))]);
  const keeping = (name: string, configured: readonly Upstream[]) => ({
    ...pod(name, configured, [by1(all), without(left, 'orphan')]),
    healthChecks: checks,
  });
  const leaving = keeping('a', [by1(all), left]);

  test.each([
    ['does not tell its configuration', { ...leaving, name: 'gw/b', upstreams: unread }],
    ['is not configured with it any more', keeping('b', [by1(all)])],
  ])('is none in a pod either that %s', (_, late) => {
    const report = judged(leaving, late);
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(report.addresses.map(({ address }) => address)).toEqual(at(1, 2, 3));
    expect(report.layers.at(-1)).toMatchObject({ name: 'HealthCheck', addresses: 1 });
  });

  test('is one in a pod of another gateway that does not tell its configuration', () => {
    const elsewhere = { ...leaving, name: 'gw/b', gateway: 'edge', upstreams: unread };
    expect(judged(leaving, elsewhere).addresses.map(({ address }) => address)).toEqual(at(1, 2, 3, 9));
  });

  test('is one in the pod that refers to it: the others are split from that', () => {
    const unused = by2(all, { orphan: 'Unreferenced' });
    const report = judged(pod('a', [by1(all), unused], [by1(all), by2(all)]), pod('b', [by1(all), by2(all)]));
    expect(report.findings.map(about)).toEqual([['ReplicaSplit', 'gw/a', 'web_by_rule', at(1, 2, 3)]]);
  });
});
