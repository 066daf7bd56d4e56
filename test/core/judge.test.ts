import { describe, expect, test } from 'vitest';
import { judge } from '../../source/core/judge.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import {
  endpoints,
  ips,
  pod,
  pods,
  read,
  service,
  slice,
  snapshot,
  unread,
  upstream,
} from '../helpers/snapshot.ts';

function reportOf(layers: Partial<Snapshot>): ServiceReport {
  const whole = snapshot(layers);
  const [report] = judge(whole, itemsOf(whole.services));
  if (!report) throw new Error('no report');
  return report;
}

const drift = (report: ServiceReport) =>
  report.findings
    .filter(({ severity }) => severity !== 'Info')
    .map(({ code, addresses }) => [code, addresses]);
const at = (...last: readonly number[]) => ips(...last).map((ip) => `${ip}:8080`);

const agreed = {
  pods: read(pods(3)),
  endpointSlices: read([slice(ips(1, 2, 3))]),
  endpoints: read([endpoints(ips(1, 2, 3))]),
};

test('layers that agree are Synced, and a gateway that is not there is silent', () => {
  const report = reportOf(agreed);
  expect(report).toMatchObject({ status: 'Synced', findings: [] });
  expect(report.layers[3]).toEqual({ name: 'Upstream', state: 'Absent' });
  expect(report.addresses[0]).toEqual({
    address: '10.0.0.1:8080',
    pod: 'web-1',
    node: 'node-1',
    in: { Pods: 'Ready', EndpointSlices: 'Ready', Endpoints: 'Ready' },
  });
});

describe('each layer is compared with the pods, not with its neighbour', () => {
  test('an address missing from the slices alone', () => {
    const report = reportOf({ ...agreed, endpointSlices: read([slice(ips(1, 2))]) });
    expect(drift(report)).toEqual([['MissingFromSlices', at(3)]]);
    expect(report.addresses[2]).toMatchObject({
      firstDivergence: 'EndpointSlices',
      because: 'MissingFromSlices',
    });
  });

  test('a stale address in slices and Endpoints is reported in both', () => {
    const stale = {
      endpointSlices: read([slice(ips(1, 2, 3, 9))]),
      endpoints: read([endpoints(ips(1, 2, 3, 9))]),
    };
    expect(drift(reportOf({ ...agreed, ...stale }))).toEqual([
      ['StaleInSlices', at(9)],
      ['StaleInEndpoints', at(9)],
    ]);
  });

  test('a not ready pod that Endpoints publishes is stale there', () => {
    const [first = pod(1)] = pods(1);
    const layers = {
      pods: read([{ ...first, ready: false }]),
      endpointSlices: read([
        slice([], { endpoints: [{ addresses: ips(1), ready: false, serving: false, terminating: false }] }),
      ]),
      endpoints: read([endpoints(ips(1))]),
    };
    expect(drift(reportOf(layers))).toEqual([['StaleInEndpoints', at(1)]]);
  });

  test('a ready pod kept in notReadyAddresses is missing from Endpoints', () => {
    const report = reportOf({ ...agreed, endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]) });
    expect(drift(report)).toEqual([['MissingFromEndpoints', at(3)]]);
    expect(report.addresses[2]?.in.Endpoints).toBe('NotReady');
  });

  test('an upstream that lacks one pod and keeps a dead one', () => {
    const report = reportOf({ ...agreed, upstreams: read([upstream(ips(1, 2, 9))]) });
    expect(drift(report)).toEqual([
      ['MissingFromUpstream', at(3)],
      ['StaleInUpstream', at(9)],
    ]);
    expect(report.addresses[3]).toMatchObject({ in: { Pods: 'Absent', Upstream: 'Present' } });
  });
});

describe('the cut of Endpoints', () => {
  const cut = {
    ...agreed,
    endpoints: read([endpoints(ips(1, 2), { overCapacity: 'truncated' })]),
  };

  test('is one EndpointsTruncated with the addresses that are not there', () => {
    const report = reportOf(cut);
    expect(drift(report)).toEqual([['EndpointsTruncated', at(3)]]);
    expect(report.addresses[2]).toMatchObject({
      firstDivergence: 'Endpoints',
      because: 'EndpointsTruncated',
    });
  });

  test('found again in the upstream is UpstreamCutByEndpoints', () => {
    const report = reportOf({ ...cut, upstreams: read([upstream(ips(1, 2))]) });
    expect(drift(report)).toEqual([
      ['EndpointsTruncated', at(3)],
      ['UpstreamCutByEndpoints', at(3)],
    ]);
  });

  test('does not explain what an upstream lacks beyond it', () => {
    const report = reportOf({ ...cut, upstreams: read([upstream(ips(2))]) });
    expect(drift(report)).toEqual([
      ['EndpointsTruncated', at(3)],
      ['MissingFromUpstream', at(1)],
      ['UpstreamCutByEndpoints', at(3)],
    ]);
  });

  test('does not explain an upstream that reads slices and is behind', () => {
    const three = { ...cut, endpoints: read([endpoints(ips(1), { overCapacity: 'truncated' })]) };
    const more = { pods: read(pods(4)), endpointSlices: read([slice(ips(1, 2, 3, 4))]) };
    const report = reportOf({ ...three, ...more, upstreams: read([upstream(ips(1, 2, 3))]) });
    expect(drift(report)).toEqual([
      ['EndpointsTruncated', at(2, 3, 4)],
      ['MissingFromUpstream', at(4)],
    ]);
  });

  test('needs the annotation: without it addresses are just missing', () => {
    const report = reportOf({ ...cut, endpoints: read([endpoints(ips(1, 2))]) });
    expect(drift(report)).toEqual([['MissingFromEndpoints', at(3)]]);
  });
});

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
    expect(drift(report)).toEqual([]);
    expect(report.addresses.map(({ address }) => address)).toEqual(['10.0.0.1:8080', '10.0.0.2:9090']);
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
  const byHand = { services: read([service({ selector: {} })]) };

  test('has its hand-made Endpoints as the truth', () => {
    const layers = {
      ...byHand,
      endpoints: read([endpoints(ips(1, 2))]),
      endpointSlices: read([slice(ips(1))]),
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
      endpointSlices: read([slice(ips(1, 2))]),
      upstreams: read([upstream(ips(1))]),
    };
    expect(drift(reportOf(layers))).toEqual([['MissingFromUpstream', at(2)]]);
  });

  test('never misses slices of Endpoints that must not be mirrored', () => {
    expect(
      drift(reportOf({ ...byHand, endpoints: read([endpoints(ips(1), { skipMirror: true })]) })),
    ).toEqual([]);
  });
});

describe('a layer that could not be read', () => {
  test.each(['pods', 'endpointSlices', 'endpoints', 'upstreams'] as const)(
    '%s is Unknown, never empty',
    (layer) => {
      const report = reportOf({ ...agreed, upstreams: read([upstream(ips(1, 2, 3))]), [layer]: unread });
      expect(report).toMatchObject({ status: 'Unknown', findings: [] });
      expect(report.layers.filter(({ state }) => state === 'Unread')).toMatchObject([
        { reason: 'forbidden' },
      ]);
    },
  );

  test('does not hide drift that is known elsewhere', () => {
    const report = reportOf({ ...agreed, endpoints: unread, endpointSlices: read([slice(ips(1, 2))]) });
    expect(report.status).toBe('Drift');
  });

  test('is Unknown too when the gateway looks the nodes up itself', () => {
    const nodes = { state: 'Unread', reason: 'kubernetes discovery' } as const;
    const report = reportOf({ ...agreed, upstreams: read([upstream([], { nodes })]) });
    expect(report).toMatchObject({ status: 'Unknown', findings: [] });
    expect(report.layers[3]).toMatchObject({ state: 'Unread', reason: 'kubernetes discovery' });
  });
});

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
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
  });
});

test('unrelated Services, pods, slices and upstreams change nothing', () => {
  const other = { namespace: 'other' };
  const crowd = {
    services: read([service(), service({ name: 'api' })]),
    pods: read([...pods(3), pod(7, other), pod(8, { labels: { app: 'api' } })]),
    endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(7), other), slice(ips(8), { serviceName: 'api' })]),
    endpoints: read([endpoints(ips(1, 2, 3)), endpoints(ips(7), other)]),
    upstreams: read([
      upstream(ips(1, 2)),
      upstream(ips(8), { service: { namespace: 'other', name: 'web', port: 80, granularity: 'endpoint' } }),
    ]),
  };
  const whole = snapshot(crowd);
  const [report] = judge(whole, [service()]);
  expect(report).toEqual(reportOf({ ...agreed, upstreams: read([upstream(ips(1, 2))]) }));
});
