import { describe, expect, test } from 'vitest';
import type { Discovery, Upstream } from '../../source/core/snapshot.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { endpoints, ips, pods, read, service, slice, upstream } from '../helpers/snapshot.ts';

const discovered = (discovery: Partial<Discovery>, hosts: readonly string[] = []): Upstream =>
  upstream(hosts, {
    source: 'Discovery',
    discovery: { type: 'kubernetes', serviceName: 'shop/web:http', ...discovery },
  });

describe('BadServiceName', () => {
  const bad = { serviceName: 'shop/web:80', shouldBe: 'shop/web:http' };

  test('names what was meant, even when the nodes are not known', () => {
    const one = { ...discovered(bad), nodes: { state: 'Unread' as const, reason: 'elsewhere' } };
    const report = reportOf({ ...agreed, upstreams: read([one]) });
    expect(drift(report)).toEqual([['BadServiceName', []]]);
    expect(report.findings[0]?.message).toContain('did you mean shop/web:http?');
  });

  test('explains the nodes that are missing for it', () => {
    const report = reportOf({ ...agreed, upstreams: read([discovered(bad)]) });
    expect(drift(report)).toEqual([['BadServiceName', at(1, 2, 3)]]);
  });

  test('is silent about a right one, and about an upstream without discovery', () => {
    for (const one of [discovered({}, ips(1, 2, 3)), upstream(ips(1, 2, 3))]) {
      expect(reportOf({ ...agreed, upstreams: read([one]) })).toMatchObject({
        status: 'Synced',
        findings: [],
      });
    }
  });
});

describe('DiscoveryOptionIgnored', () => {
  const cut = {
    pods: read(pods(3)),
    endpointSlices: read([slice(ips(1, 2, 3))]),
    endpoints: read([endpoints(ips(1, 2), { overCapacity: 'truncated' })]),
  };
  const codes = (layers: Parameters<typeof reportOf>[0]) => drift(reportOf(layers)).map(([code]) => code);

  test('is found where the nodes are those of the cut Endpoints though slices are asked for', () => {
    const upstreams = read([discovered({ wantsSlices: true }, ips(1, 2))]);
    expect(codes({ ...cut, upstreams })).toEqual(['EndpointsTruncated', 'DiscoveryOptionIgnored']);
  });

  test('is found where slices are filed under their own names', () => {
    const upstreams = read([discovered({ wantsSlices: true, keyedBySlice: true })]);
    expect(codes({ ...agreed, upstreams })).toEqual(['DiscoveryOptionIgnored']);
  });

  test('is silent where slices are not asked for, and where all of them are there', () => {
    const endpointsRead = read([discovered({ wantsSlices: false }, ips(1, 2))]);
    expect(codes({ ...cut, upstreams: endpointsRead })).toEqual([
      'EndpointsTruncated',
      'UpstreamCutByEndpoints',
    ]);
    const slicesRead = read([discovered({ wantsSlices: true }, ips(1, 2, 3))]);
    expect(codes({ ...cut, upstreams: slicesRead })).toEqual(['EndpointsTruncated']);
  });
});

describe('DiscoveryDeadKey', () => {
  const { selector: _, ...byHand } = service();
  const gone = { services: read([byHand]), endpoints: read([]), endpointSlices: read([]) };

  test('is found where the Endpoints object is gone and its nodes are still there', () => {
    const upstreams = read([discovered({ wantsSlices: false }, ips(7))]);
    expect(drift(reportOf({ ...gone, upstreams }))).toEqual([['DiscoveryDeadKey', at(7)]]);
  });

  test('is silent without nodes, where slices are read, and where a controller keeps the nodes', () => {
    const codes = (one: Upstream) =>
      drift(reportOf({ ...gone, upstreams: read([one]) })).map(([code]) => code);
    expect(codes(discovered({ wantsSlices: false }))).not.toContain('DiscoveryDeadKey');
    expect(codes(discovered({ wantsSlices: true }, ips(7)))).not.toContain('DiscoveryDeadKey');
    expect(codes(upstream(ips(7)))).not.toContain('DiscoveryDeadKey');
  });
});

describe('UpstreamIdCollision', () => {
  const by = { kind: 'HTTPRoute' as const, namespace: 'shop', name: 'web' };
  const lost = { route: { ...by, kind: 'ApisixRoute' as const }, by };
  const target = { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint' as const };
  const winner: Upstream = {
    ...upstream(ips(9), { name: 'shop_web_0', displaced: [{ ...lost, service: target }] }),
    service: { ...target, name: 'other' },
  };

  test('is told to the Service that lost its place, and explains what it lacks', () => {
    const report = reportOf({ ...agreed, upstreams: read([winner]), gatewayGiven: true });
    expect(drift(report)).toEqual([['UpstreamIdCollision', at(1, 2, 3)]]);
  });

  test('is told beside an upstream that leads to the Service all the same', () => {
    const report = reportOf({ ...agreed, upstreams: read([winner, upstream(ips(1, 2, 3))]) });
    expect(drift(report)).toEqual([['UpstreamIdCollision', []]]);
  });

  test('is silent about other Services, and other ids', () => {
    const elsewhere = { ...winner, displaced: [{ ...lost, service: { ...target, namespace: 'else' } }] };
    const own = upstream(ips(1, 2, 3));
    expect(reportOf({ ...agreed, upstreams: read([elsewhere, own]) })).toMatchObject({ findings: [] });
    expect(reportOf({ ...agreed, upstreams: read([own]) })).toMatchObject({ findings: [] });
  });
});

describe('of several upstreams for one port', () => {
  const second = (hosts: readonly string[], changes: Partial<Upstream> = {}) =>
    upstream(hosts, { id: '2', name: 'shop_r_1', ...changes });

  test('each must hold every address, and the one that does not is named', () => {
    const upstreams = read([upstream(ips(1, 2, 3)), second(ips(1, 2))]);
    const report = reportOf({ ...agreed, upstreams });
    expect(drift(report)).toEqual([['MissingFromUpstream', at(3)]]);
    expect(report.findings[0]?.upstream).toBe('shop_r_1');
  });

  test('each may hold no other, and the one that does is named', () => {
    const upstreams = read([upstream(ips(1, 2, 3)), second(ips(1, 2, 3, 4))]);
    const report = reportOf({ ...agreed, upstreams });
    expect(drift(report)).toEqual([['StaleInUpstream', at(4)]]);
    expect(report.findings[0]?.upstream).toBe('shop_r_1');
  });

  test('one that nothing refers to is not judged beside one in use', () => {
    const left = second(ips(4), { orphan: 'Unreferenced' });
    const report = reportOf({ ...agreed, upstreams: read([upstream(ips(1, 2, 3)), left]) });
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(drift(reportOf({ ...agreed, upstreams: read([left]) }))).not.toEqual([]);
  });

  test('a subset may lack what it does not choose', () => {
    const subset = {
      namespace: 'shop',
      name: 'web',
      port: 80,
      subset: 'v1',
      granularity: 'endpoint' as const,
    };
    const upstreams = read([upstream(ips(1, 2, 3)), second(ips(1), { service: subset })]);
    expect(reportOf({ ...agreed, upstreams })).toMatchObject({ status: 'Synced' });
  });
});
