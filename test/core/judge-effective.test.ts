import { describe, expect, test } from 'vitest';
import type { Upstream } from '../../source/core/snapshot.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { port80 } from '../helpers/objects.ts';
import { ips, read, service, upstream } from '../helpers/snapshot.ts';

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

  test('one that nothing refers to is judged where those in use are of another port', () => {
    const ports = [80, 81].map((port) => ({ name: `of-${port}`, port, protocol: 'TCP', targetPort: 8080 }));
    const left = second(ips(1, 2, 3, 9), { orphan: 'Unreferenced', service: port80({ port: 81 }) });
    const report = reportOf({
      services: read([service({ ports })]),
      pods: agreed.pods,
      endpointSlices: { state: 'Absent' },
      endpoints: { state: 'Absent' },
      upstreams: read([upstream(ips(1, 2, 3)), left]),
    });
    expect(drift(report)).toEqual([['StaleInUpstream', at(9)]]);
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
