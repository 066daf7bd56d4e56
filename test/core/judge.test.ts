import { describe, expect, test } from 'vitest';
import { judge } from '../../source/core/judge.ts';
import { crowdIps, cutAfter } from '../helpers/crowd.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { endpoint } from '../helpers/objects.ts';
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

test('layers that agree are Synced, and a gateway that is not there is silent', () => {
  const report = reportOf(agreed);
  expect(report).toMatchObject({ status: 'Synced', findings: [] });
  const whole = { state: 'Read', objects: 1, addresses: 3, ready: 3, source: 'test' };
  expect(report.layers).toEqual([
    { ...whole, name: 'Pods', objects: 3 },
    { ...whole, name: 'EndpointSlices' },
    { ...whole, name: 'Endpoints' },
    { name: 'Upstream', state: 'Absent' },
  ]);
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

  test('a not ready pod that Endpoints publishes is a split of readiness', () => {
    const [first = pod(1)] = pods(1);
    const layers = {
      pods: read([{ ...first, ready: false }]),
      endpointSlices: read([
        slice([], { endpoints: [{ addresses: ips(1), ready: false, serving: false, terminating: false }] }),
      ]),
      endpoints: read([endpoints(ips(1))]),
    };
    expect(drift(reportOf(layers))).toEqual([['ReadinessSplit', at(1)]]);
  });

  test('so is a ready pod kept in notReadyAddresses', () => {
    const report = reportOf({ ...agreed, endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]) });
    expect(drift(report)).toEqual([['ReadinessSplit', at(3)]]);
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
  const cut = cutAfter(2, 3);
  const withCrowd = (...last: readonly number[]) => [...crowdIps(998), ...ips(...last)];

  test('is one EndpointsTruncated with the addresses that are not there', () => {
    const report = reportOf(cut);
    expect(drift(report)).toEqual([['EndpointsTruncated', at(3)]]);
    expect(report.addresses.at(-1)).toMatchObject({
      firstDivergence: 'Endpoints',
      because: 'EndpointsTruncated',
    });
  });

  test('found again in the upstream is UpstreamCutByEndpoints', () => {
    const report = reportOf({ ...cut, upstreams: read([upstream(withCrowd(1, 2))]) });
    expect(drift(report)).toEqual([
      ['EndpointsTruncated', at(3)],
      ['UpstreamCutByEndpoints', at(3)],
    ]);
  });

  test('does not explain what an upstream lacks beyond it', () => {
    const report = reportOf({ ...cut, upstreams: read([upstream(withCrowd(2))]) });
    expect(drift(report)).toEqual([
      ['EndpointsTruncated', at(3)],
      ['MissingFromUpstream', at(1)],
      ['UpstreamCutByEndpoints', at(3)],
    ]);
  });

  test('does not explain an upstream that reads slices and is behind', () => {
    const upstreams = read([upstream([...crowdIps(999), ...ips(1, 2, 3)])]);
    const report = reportOf({ ...cutAfter(1, 4), upstreams });
    expect(drift(report)).toEqual([
      ['EndpointsTruncated', at(2, 3, 4)],
      ['MissingFromUpstream', at(4)],
    ]);
  });

  test('needs the annotation: without it addresses are just missing', () => {
    const report = reportOf({ ...cut, endpoints: read([endpoints(withCrowd(1, 2))]) });
    expect(drift(report)).toEqual([['MissingFromEndpoints', at(3)]]);
  });
});

describe('a layer that could not be read', () => {
  test.each([
    ['pods', 'Pods'],
    ['endpointSlices', 'EndpointSlices'],
    ['endpoints', 'Endpoints'],
    ['upstreams', 'Upstream'],
  ])('%s is Unknown, never empty', (layer, name) => {
    const report = reportOf({ ...agreed, upstreams: read([upstream(ips(1, 2, 3))]), [layer]: unread });
    expect(report).toMatchObject({ status: 'Unknown', findings: [] });
    expect(report.layers.filter(({ state }) => state === 'Unread')).toMatchObject([
      { name, reason: 'forbidden' },
    ]);
    expect(report.addresses[0]?.in).toHaveProperty(name, 'Unread');
  });

  test('is Unknown for a Service that is a name too, where it is that of the gateway', () => {
    const services = read([service({ type: 'ExternalName', externalName: 'web.example.com' })]);
    expect(reportOf({ services, endpoints: unread, upstreams: read([]) }).status).toBe('Synced');
    expect(reportOf({ services, upstreams: unread }).status).toBe('Unknown');
  });

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

test('a Service that is a name has no pods, whatever its selector finds', () => {
  const services = read([service({ type: 'ExternalName', externalName: 'web.example.com' })]);
  expect(reportOf({ ...agreed, services }).layers[0]).toMatchObject({ name: 'Pods', objects: 0 });
});

test('the zone of an address is that of its Node, unless a slice tells one', () => {
  const nodes = read([{ name: 'node-1', ready: true, zone: 'zone-a' }]);
  const told = ips(1, 2).map((ip, index) => endpoint(ip, index === 0 ? { zone: 'zone-b' } : {}));
  const endpointSlices = read([slice([], { endpoints: told })]);
  const { addresses } = reportOf({ ...agreed, endpointSlices, nodes });
  expect(addresses.map(({ zone }) => zone)).toEqual(['zone-b', 'zone-a', 'zone-a']);
});

test('an address without a pod has the name, node and zone that a layer tells, the first of several', () => {
  const said = (name: string) => ({
    targetRef: { kind: 'Pod', namespace: 'shop', name: `${name}-pod`, uid: '' },
    nodeName: `${name}-node`,
    zone: `${name}-zone`,
  });
  const slices = ['b', 'a', 'c'].map((name, index) =>
    slice([], { name: `web-${index}`, endpoints: [endpoint('10.0.0.9', said(name))] }),
  );
  const { addresses } = reportOf({ endpointSlices: read(slices) });
  expect(addresses).toMatchObject([{ pod: 'a-pod', node: 'a-node', zone: 'a-zone' }]);
});

test.each([
  ['the ready one', false, true, 'web-2'],
  ['the ready one, be it the first', true, false, 'web-1'],
  ['the first where both are ready', true, true, 'web-1'],
])('of two pods with one address it shows %s', (_, one, two, name) => {
  const both = [pod(1, { ready: one }), pod(2, { ready: two, podIPs: ips(1) })];
  expect(reportOf({ pods: read(both) }).addresses).toMatchObject([{ pod: name, in: { Pods: 'Ready' } }]);
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
