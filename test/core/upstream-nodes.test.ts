import { describe, expect, test } from 'vitest';
import type { Upstream, UpstreamNode } from '../../source/core/snapshot.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import { ips, pod, pods, read, service, upstream } from '../helpers/snapshot.ts';

const node = (host: string, changes: Partial<UpstreamNode> = {}): UpstreamNode => ({
  host,
  port: 8080,
  weight: 100,
  priority: 0,
  ...changes,
});

const nodes = (...items: readonly UpstreamNode[]): Pick<Upstream, 'nodes'> => ({
  nodes: { state: 'Read', items },
});

/** What three ready pods and an upstream of them plus these nodes make of drift. */
function driftWith(extra: readonly UpstreamNode[], changes: Partial<Upstream> = {}) {
  const own = ips(1, 2, 3).map((host) => node(host));
  return drift(
    reportOf({ ...agreed, upstreams: read([upstream([], { ...changes, ...nodes(...own, ...extra) })]) }),
  );
}

describe('nodes beyond the pods of a Service', () => {
  test('are stale in an upstream that the controller keeps', () => {
    expect(driftWith([node('10.0.0.9')])).toEqual([['StaleInUpstream', at(9)]]);
  });

  test('are legal with the weight 0, which takes no requests', () => {
    expect(driftWith([node('10.0.0.9', { weight: 0 })])).toEqual([]);
  });

  test('are legal in an upstream made by hand', () => {
    expect(driftWith([node('10.0.0.9')], { source: 'Manual' })).toEqual([]);
  });

  test('are stale in an upstream made by hand when a pod of the Service has them that is not ready', () => {
    const report = reportOf({
      ...agreed,
      pods: read([...pods(2), pod(3, { ready: false })]),
      upstreams: read([upstream(ips(1, 2, 3), { source: 'Manual' })]),
    });
    expect(drift(report)).toContainEqual(['StaleInUpstream', at(3)]);
  });

  test('are stale when one upstream of two sends requests there', () => {
    const own = ips(1, 2, 3).map((host) => node(host));
    const upstreams = read([
      upstream([], { id: '1', ...nodes(...own, node('10.0.0.9')) }),
      upstream([], { id: '2', ...nodes(...own, node('10.0.0.9', { weight: 0 })) }),
    ]);
    expect(drift(reportOf({ ...agreed, upstreams }))).toEqual([['StaleInUpstream', at(9)]]);
  });

  test('are legal as host names', () => {
    expect(driftWith([node('backend.test')])).toEqual([]);
  });

  test('are named when another pod of the namespace has their IP now', () => {
    const stranger = pod(9, { name: 'other-9', labels: { app: 'other' } });
    const report = reportOf({
      ...agreed,
      pods: read([...pods(3), stranger]),
      upstreams: read([upstream(ips(1, 2, 3, 9))]),
    });
    expect(report.findings).toMatchObject([{ code: 'StaleInUpstream', addresses: at(9), pods: ['other-9'] }]);
    expect(report.findings[0]?.message).toContain('other-9');
  });
});

test('a pod that is a node of the weight 0 is drained, not missing', () => {
  const drained = [node('10.0.0.1', { weight: 0 }), node('10.0.0.2'), node('10.0.0.3')];
  const upstreams = read([upstream([], nodes(...drained))]);
  expect(drift(reportOf({ ...agreed, upstreams }))).toEqual([]);
});

test('a pod that one upstream has drained is missing in another one that lacks it', () => {
  const drained = [node('10.0.0.1', { weight: 0 }), node('10.0.0.2'), node('10.0.0.3')];
  const upstreams = read([upstream([], nodes(...drained)), upstream(ips(2, 3), { id: '2' })]);
  expect(drift(reportOf({ ...agreed, upstreams }))).toEqual([['MissingFromUpstream', at(1)]]);
});

describe('a node without a port is spoken to on the port of the scheme', () => {
  test.each([
    [undefined, 80, []],
    ['https', 443, []],
    ['grpc', 80, []],
    ['https', 80, ['MissingFromUpstream', 'StaleInUpstream']],
  ])('%s: %i', (scheme, targetPort, codes) => {
    const changes = { ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort }] };
    const bare: UpstreamNode = { host: '10.0.0.1', weight: 1, priority: 0 };
    const report = reportOf({
      services: read([service(changes)]),
      pods: read(pods(1)),
      endpointSlices: { state: 'Absent' },
      endpoints: { state: 'Absent' },
      upstreams: read([upstream([], { ...(scheme !== undefined && { scheme }), ...nodes(bare) })]),
    });
    expect(drift(report).map(([code]) => code)).toEqual(codes);
  });
});
