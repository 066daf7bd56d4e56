import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { parsers } from '../../source/sources/kubernetes/objects.ts';
import { agreed, at, reportOf } from '../helpers/judging.ts';
import {
  backend,
  endpoint,
  port80,
  route,
  terminating,
  unreadyPod,
  upstreamNode,
} from '../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, upstream } from '../helpers/snapshot.ts';

/** What is said of a Snapshot in which nothing is wrong. */
function legal(given: Partial<Snapshot>): readonly string[] {
  const report = reportOf(given);
  expect(report.findings.filter(({ severity }) => severity !== 'Info')).toEqual([]);
  expect(report.status).toBe('Synced');
  expect(report.addresses.filter(({ firstDivergence }) => firstDivergence)).toEqual([]);
  return report.findings.map(({ code }) => code);
}

const mirroring = 'endpointslicemirroring-controller.k8s.io';
const withFourth = (changes: Parameters<typeof endpoint>[1]) =>
  read([slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, endpoint('10.0.0.4', changes)] })]);

describe('differences that are legal raise no alarm', () => {
  test('terminating pods are in slices and never in Endpoints', () => {
    const going = read([...pods(3), pod(4, { terminating: true })]);
    const given = { ...agreed, pods: going, upstreams: read([upstream(ips(1, 2, 3))]) };
    for (const serving of [true, false]) {
      expect(legal({ ...given, endpointSlices: withFourth({ ...terminating, serving }) })).toEqual([
        'TerminatingEndpoint',
      ]);
    }
  });

  test('terminating pods are in Endpoints too when the Service publishes whatever there is', () => {
    const given = {
      services: read([service({ publishNotReadyAddresses: true })]),
      pods: read([...pods(3), pod(4, { terminating: true })]),
      endpointSlices: withFourth({ serving: true, terminating: true }),
      endpoints: read([endpoints(ips(1, 2, 3, 4))]),
    };
    expect(legal(given)).toEqual(['PublishesNotReady']);
  });

  test('Endpoints holds only the first IP family', () => {
    const both = [...ips(1), 'fd00::1'];
    const given = {
      services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
      pods: read([pod(1, { podIPs: both })]),
      endpointSlices: read([slice(ips(1)), slice(['fd00::1'], { name: 'web-v6' })]),
      endpoints: read([endpoints(ips(1))]),
    };
    expect(legal(given)).toEqual(['SingleFamilyEndpoints']);
    for (const hosts of [ips(1), both]) {
      expect(legal({ ...given, upstreams: read([upstream(hosts)]) })).toEqual(['SingleFamilyEndpoints']);
    }
  });

  test('one endpoint in two slices for a moment is allowed, and said of what is read once', () => {
    const twice = {
      ...agreed,
      endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(3), { name: 'web-2' })]),
    };
    const report = reportOf(twice);
    expect(report.findings).toMatchObject([
      { code: 'DuplicateAddress', severity: 'Warning', addresses: at(3) },
    ]);
    expect(report.addresses.filter(({ firstDivergence }) => firstDivergence)).toEqual([]);
  });

  test('ready unset means ready, and serving unset likewise', () => {
    const unset = parsers.endpointSlices({
      metadata: {
        name: 'web-1',
        namespace: 'shop',
        labels: {
          'kubernetes.io/service-name': 'web',
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        },
      },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080 }],
      endpoints: [
        { addresses: ips(1) },
        { addresses: ips(2), conditions: {} },
        { addresses: ips(3), conditions: { ready: null } },
      ],
    });
    expect(legal({ ...agreed, endpointSlices: read([unset]) })).toEqual([]);
  });

  test('publishNotReadyAddresses makes pods that are not ready appear as ready', () => {
    const given = {
      services: read([service({ publishNotReadyAddresses: true })]),
      pods: read([...pods(2), unreadyPod(3)]),
      endpointSlices: read([slice(ips(1, 2, 3))]),
      endpoints: read([endpoints(ips(1, 2, 3))]),
      upstreams: read([upstream(ips(1, 2, 3))]),
    };
    expect(legal(given)).toEqual(['PublishesNotReady']);
  });

  test('headless Services need no ports, names no addresses, and Services without a selector no pods', () => {
    const headless = {
      services: read([service({ clusterIP: 'None', ports: [] })]),
      pods: read(pods(1)),
      endpointSlices: read([slice(ips(1), { ports: [] })]),
      endpoints: read([
        endpoints([], { subsets: [{ addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [], ports: [] }] }),
      ]),
    };
    expect(legal(headless)).toEqual(['HeadlessService']);
    const name = service({ type: 'ExternalName', externalName: 'web.example.com' });
    expect(legal({ services: read([name]), gatewayGiven: true, upstreams: read([]) })).toEqual([
      'ExternalNameService',
    ]);
    const byHand = {
      services: read([service({ selector: {} })]),
      endpoints: read([endpoints(ips(8, 9))]),
      endpointSlices: read([slice(ips(8, 9), { managedBy: mirroring })]),
      upstreams: read([upstream(ips(8, 9))]),
    };
    expect(legal(byHand)).toEqual(['ServiceHasNoSelector']);
  });

  test('several slices per set of ports are normal', () => {
    const named = (containerPort: number) => [{ name: 'web', containerPort, protocol: 'TCP' }];
    const ports = (port: number) => [{ name: 'http', port, protocol: 'TCP' }];
    const given = {
      services: read([service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] })]),
      pods: read([pod(1, { namedPorts: named(8080) }), pod(2, { namedPorts: named(9090) })]),
      endpointSlices: read([
        slice(ips(1), { ports: ports(8080) }),
        slice(ips(2), { name: 'web-2', ports: ports(9090) }),
      ]),
      endpoints: read([
        endpoints([], {
          subsets: [
            { addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [], ports: ports(8080) },
            { addresses: [{ ip: '10.0.0.2' }], notReadyAddresses: [], ports: ports(9090) },
          ],
        }),
      ]),
    };
    expect(legal(given)).toEqual([]);
  });

  test('slices are not repacked: half-empty and empty ones are no waste', () => {
    const given = {
      ...agreed,
      endpointSlices: read([
        slice(ips(1)),
        slice(ips(2, 3), { name: 'web-2' }),
        slice([], { name: 'web-3' }),
      ]),
    };
    expect(legal(given)).toEqual([]);
  });

  test('the API server and leader election write Endpoints and slices of their own', () => {
    const kubernetes = {
      services: read([
        service({
          name: 'kubernetes',
          selector: {},
          ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
        }),
      ]),
      endpoints: read([
        endpoints([], {
          name: 'kubernetes',
          skipMirror: true,
          subsets: [
            {
              addresses: [{ ip: '192.0.2.1' }],
              notReadyAddresses: [],
              ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
            },
          ],
        }),
        endpoints([], { name: 'leader', subsets: [] }),
      ]),
      endpointSlices: read([
        slice(['192.0.2.1'], {
          name: 'kubernetes',
          serviceName: 'kubernetes',
          managedBy: '',
          ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
        }),
      ]),
    };
    expect(legal(kubernetes)).toEqual(['ServiceHasNoSelector']);
  });

  test('APISIX may hold more: subsets, splits, weight 0, the ClusterIP, upstreams made by hand', () => {
    const nodes = [...ips(1, 2).map((host) => upstreamNode(host)), upstreamNode('10.0.0.3', { weight: 0 })];
    const given = {
      ...agreed,
      apisixRoutes: read([route([backend('web'), backend('web-canary')])]),
      upstreams: read([
        upstream([], { nodes: { state: 'Read', items: nodes } }),
        upstream(ips(1), { id: '2', name: 'shop_web_v1_80', service: port80({ subset: 'v1' }) }),
        upstream([], {
          id: '3',
          name: 'shop_web_80_service',
          nodes: { state: 'Read', items: [upstreamNode('10.96.0.1', { port: 80 })] },
          service: port80({ granularity: 'service' }),
        }),
        {
          id: '4',
          name: 'by hand',
          source: 'Manual' as const,
          nodes: { state: 'Read' as const, items: [upstreamNode('192.0.2.7')] },
        },
      ]),
    };
    expect(legal(given)).toEqual(['SubsetUpstream', 'UpstreamByClusterIP', 'WeightedSplit']);
  });

  test('what was read at different moments is judged as it stands, each layer with its own resourceVersion', () => {
    const later = { ...agreed, endpoints: { ...agreed.endpoints, resourceVersion: '900' } };
    expect(legal(later)).toEqual([]);
    expect(reportOf(later).layers[2]).toMatchObject({ name: 'Endpoints', resourceVersion: '900' });
  });

  test('last-change-trigger-time is approximate: years old or absent, it says nothing', () => {
    const metadata = { name: 'web', namespace: 'shop' };
    const subsets = [
      { addresses: ips(1, 2, 3).map((ip) => ({ ip })), ports: [{ name: 'http', port: 8080 }] },
    ];
    const trigger = { 'endpoints.kubernetes.io/last-change-trigger-time': '2019-01-01T00:00:00Z' };
    const [without, old] = [metadata, { ...metadata, annotations: trigger }].map((one) =>
      reportOf({ ...agreed, endpoints: read([parsers.endpoints({ metadata: one, subsets })]) }),
    );
    expect(old).toEqual(without);
    expect(old).toMatchObject({ status: 'Synced', findings: [] });
  });
});
