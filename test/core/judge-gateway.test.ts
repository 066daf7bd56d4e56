import { describe, expect, test } from 'vitest';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { backend, route } from '../helpers/objects.ts';
import { endpoints, ips, pods, read, service, slice, upstream } from '../helpers/snapshot.ts';

describe('the upstream of a Service port', () => {
  const gateway = { upstreams: read([]), gatewayGiven: true };

  test('is NotFound when the gateway was given by hand', () => {
    expect(drift(reportOf({ ...agreed, ...gateway }))).toEqual([['UpstreamNotFound', at(1, 2, 3)]]);
  });

  test('is Absent when the gateway was merely found', () => {
    const report = reportOf({ ...agreed, ...gateway, gatewayGiven: false });
    expect(report).toMatchObject({ status: 'Synced' });
    expect(report.layers[3]?.state).toBe('Absent');
  });

  test('is NotFound when a route names the Service', () => {
    const rules = [{ name: 'rule1', backends: [{ serviceName: 'web', servicePort: 'http' }] }];
    const route = { namespace: 'shop', name: 'r', uid: 'r', resourceVersion: '1', rules };
    const report = reportOf({ ...agreed, ...gateway, gatewayGiven: false, apisixRoutes: read([route]) });
    expect(report.findings).toMatchObject([{ code: 'UpstreamNotFound', port: 'http' }]);
  });

  test('is Absent when a route names the Service and no port, and its port has no name', () => {
    const services = read([service({ ports: [{ name: '', port: 80, protocol: 'TCP', targetPort: 8080 }] })]);
    const apisixRoutes = read([route([backend('web', '')])]);
    const report = reportOf({ ...agreed, ...gateway, services, apisixRoutes, gatewayGiven: false });
    expect(report.layers[3]?.state).toBe('Absent');
  });

  test('may be missing beside another port that has one', () => {
    const ports = [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
      { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 9100 },
    ];
    const both = [
      { name: 'http', port: 8080, protocol: 'TCP' },
      { name: 'metrics', port: 9100, protocol: 'TCP' },
    ];
    const layers = {
      services: read([service({ ports })]),
      pods: read(pods(1)),
      endpointSlices: read([slice(ips(1), { ports: both })]),
      endpoints: read([
        endpoints([], { subsets: [{ addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [], ports: both }] }),
      ]),
      upstreams: read([upstream(ips(1))]),
      gatewayGiven: true,
    };
    const report = reportOf(layers);
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(report.addresses.map(({ in: layer }) => layer.Upstream)).toEqual(['Present', undefined]);
  });

  test('without nodes is UpstreamEmpty, and only when there are ready pods', () => {
    expect(drift(reportOf({ ...agreed, upstreams: read([upstream([])]) }))).toEqual([
      ['UpstreamEmpty', at(1, 2, 3)],
    ]);
    expect(drift(reportOf({ endpointSlices: read([slice([])]), upstreams: read([upstream([])]) }))).toEqual(
      [],
    );
  });

  test('of a subset may lack pods but not keep dead ones', () => {
    const subset = upstream(ips(1, 9), {
      service: { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint', subset: 'v1' },
    });
    expect(drift(reportOf({ ...agreed, upstreams: read([subset]) }))).toEqual([['StaleInUpstream', at(9)]]);
  });

  test('by ClusterIP is not compared with pods', () => {
    const byClusterIp = upstream(['10.96.0.1'], {
      service: { namespace: 'shop', name: 'web', port: 80, granularity: 'service' },
    });
    const report = reportOf({ ...agreed, upstreams: read([byClusterIp]), gatewayGiven: true });
    expect(report).toMatchObject({ status: 'Synced', findings: [{ code: 'UpstreamByClusterIP' }] });
  });
});
