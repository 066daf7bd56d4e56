import { describe, expect, test } from 'vitest';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { nodes, without } from '../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread, upstream } from '../helpers/snapshot.ts';

describe('what the controllers publish', () => {
  test('publishNotReadyAddresses makes not ready and terminating pods ready everywhere', () => {
    const all = [pod(1, { ready: false }), pod(2, { terminating: true })];
    const layers = {
      services: read([service({ publishNotReadyAddresses: true })]),
      pods: read(all),
      endpointSlices: read([slice(ips(1, 2))]),
      endpoints: read([endpoints(ips(1, 2))]),
      upstreams: read([upstream(ips(1, 2))]),
    };
    expect(drift(reportOf(layers))).toEqual([]);
  });

  test('a terminating pod stays in the slices and leaves Endpoints and the gateway', () => {
    const terminating = { addresses: ips(4), ready: false, serving: true, terminating: true };
    const whole = slice(ips(1, 2, 3));
    const layers = {
      ...agreed,
      pods: read([...pods(3), pod(4, { terminating: true })]),
      endpointSlices: read([{ ...whole, endpoints: [...whole.endpoints, terminating] }]),
      upstreams: read([upstream(ips(1, 2, 3))]),
    };
    const report = reportOf(layers);
    expect(report.status).toBe('Synced');
    expect(report.addresses[3]?.in).toEqual({
      Pods: 'Terminating',
      EndpointSlices: 'Terminating',
      Endpoints: 'Absent',
      Upstream: 'Absent',
    });
  });

  test.each(['Failed', 'Succeeded'])('a %s pod is published nowhere', (phase) => {
    const report = reportOf({ ...agreed, pods: read([...pods(3), pod(4, { phase, ready: false })]) });
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
  });

  test('a pod without an IP is not missed anywhere', () => {
    const report = reportOf({ ...agreed, pods: read([...pods(3), pod(4, { podIPs: [], ready: false })]) });
    expect(report.status).toBe('Synced');
    expect(report.findings).toMatchObject([
      { code: 'PodNotReady', count: 1, addresses: [], pods: ['web-4'] },
    ]);
  });

  test('a pod that names no Node is on none that is missing', () => {
    const report = reportOf({
      pods: read([pod(1), without(pod(2, { ready: false }), 'nodeName')]),
      nodes: nodes('node-1'),
      endpointSlices: read([slice(ips(1))]),
      endpoints: read([endpoints(ips(1), { notReady: ips(2) })]),
    });
    expect(drift(report)).toEqual([['MissingFromSlices', at(2)]]);
  });

  test('a named targetPort is looked up in each pod', () => {
    const named = (port: number) => [{ name: 'web', containerPort: port, protocol: 'TCP' }];
    const ports = [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }];
    const of = (port: number) => [{ name: 'http', port, protocol: 'TCP' }];
    const layers = {
      services: read([service({ ports })]),
      pods: read([pod(1, { namedPorts: named(8080) }), pod(2, { namedPorts: named(9090) }), pod(3)]),
      endpointSlices: read([
        slice(ips(1), { ports: of(8080) }),
        slice(ips(2), { name: 'web-2', ports: of(9090) }),
        slice(ips(3), { name: 'web-3', ports: [] }),
      ]),
      endpoints: read([
        endpoints([], {
          subsets: [
            { addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [], ports: of(8080) },
            { addresses: [{ ip: '10.0.0.2' }], notReadyAddresses: [], ports: of(9090) },
          ],
        }),
      ]),
    };
    const report = reportOf(layers);
    expect(report.findings).toMatchObject([{ code: 'PortMissing', port: 'http', pods: ['web-3'] }]);
    expect(report.addresses.map(({ address }) => address)).toEqual(['10.0.0.1:8080', '10.0.0.2:9090']);
  });

  const dual = {
    services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
    pods: read([1, 2].map((n) => pod(n, { podIPs: [`10.0.0.${n}`, `fd00::${n}`] }))),
    endpointSlices: read([slice(ips(1, 2)), slice(['fd00::1', 'fd00::2'], { name: 'web-v6' })]),
    endpoints: read([endpoints(ips(1, 2))]),
  };

  test('a gateway that holds one address of the second IP family should hold them all', () => {
    const upstreams = read([upstream([...ips(1, 2), 'fd00::1'])]);
    expect(drift(reportOf({ ...dual, upstreams }))).toEqual([['MissingFromUpstream', ['[fd00::2]:8080']]]);
  });

  test('a host name among the nodes of a gateway is of no IP family', () => {
    const upstreams = read([upstream([...ips(1, 2), 'web.example.com'])]);
    expect(drift(reportOf({ ...dual, upstreams }))).toEqual([]);
  });

  test('a port of a slice without a number tells of no address', () => {
    const ports = [{ name: 'http', protocol: 'TCP' }];
    const beside = slice(ips(9), { name: 'web-2', ports });
    const report = reportOf({ ...agreed, endpointSlices: read([slice(ips(1, 2, 3)), beside]) });
    expect(report.addresses.map(({ address }) => address)).toEqual(at(1, 2, 3));
  });

  test('Endpoints holds the first IP family only, and a gateway may follow it', () => {
    const layers = {
      services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
      pods: read([pod(1, { podIPs: ['10.0.0.1', 'fd00::1'] })]),
      endpointSlices: read([slice(ips(1)), slice(['fd00::1'], { name: 'web-v6' })]),
      endpoints: read([endpoints(ips(1))]),
    };
    for (const hosts of [ips(1), [...ips(1), 'fd00::1']]) {
      expect(drift(reportOf({ ...layers, upstreams: read([upstream(hosts)]) }))).toEqual([]);
    }
  });

  test('a headless Service without ports is compared by bare IPs', () => {
    const layers = {
      services: read([service({ ports: [], clusterIP: 'None' })]),
      pods: read(pods(2)),
      endpointSlices: read([slice(ips(1, 2), { ports: [] })]),
      endpoints: read([
        endpoints([], { subsets: [{ addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [], ports: [] }] }),
      ]),
    };
    expect(drift(reportOf(layers))).toEqual([['MissingFromEndpoints', ['10.0.0.2']]]);
  });
});

describe('a Service without a selector', () => {
  const byMirror = { managedBy: 'endpointslicemirroring-controller.k8s.io' };
  const byHand = { services: read([service({ selector: {} })]) };

  test('has its hand-made Endpoints as the truth', () => {
    const layers = {
      ...byHand,
      endpoints: read([endpoints(ips(1, 2))]),
      endpointSlices: read([slice(ips(1), byMirror)]),
      upstreams: read([upstream(ips(1, 2, 3))]),
    };
    expect(drift(reportOf(layers))).toEqual([
      ['MissingFromSlices', at(2)],
      ['StaleInUpstream', at(3)],
    ]);
  });

  test('has its hand-made slices as the truth when there are no Endpoints', () => {
    const layers = {
      ...byHand,
      endpointSlices: read([slice(ips(1, 2), { managedBy: '' })]),
      upstreams: read([upstream(ips(1))]),
    };
    expect(drift(reportOf(layers))).toEqual([['MissingFromUpstream', at(2)]]);
  });

  test('may have slices by hand beside its Endpoints, which a gateway may take or leave', () => {
    const besides = slice(ips(5), { name: 'web-by-hand', managedBy: '' });
    const layers = {
      ...byHand,
      endpoints: read([endpoints(ips(1))]),
      endpointSlices: read([slice(ips(1), byMirror), besides]),
    };
    for (const held of [ips(1), ips(1, 5)]) {
      expect(drift(reportOf({ ...layers, upstreams: read([upstream(held)]) }))).toEqual([]);
    }
  });

  test('is Unknown where its Endpoints cannot be read, whatever its slices say', () => {
    const layers = {
      ...byHand,
      endpoints: unread,
      endpointSlices: read([slice(ips(1, 2), { managedBy: '' })]),
      upstreams: read([upstream(ips(1))]),
    };
    expect(reportOf(layers)).toMatchObject({ status: 'Unknown' });
  });

  test('never misses slices of Endpoints that must not be mirrored', () => {
    expect(
      drift(reportOf({ ...byHand, endpoints: read([endpoints(ips(1), { skipMirror: true })]) })),
    ).toEqual([]);
  });
});
