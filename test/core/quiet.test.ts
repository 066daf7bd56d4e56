import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { backend, nodes, port80, route, without } from '../helpers/objects.ts';
import {
  changedAt,
  endpoints,
  pod,
  published,
  seenIn,
  serverTime,
  service,
  slice,
  twoPorts,
  upstream,
} from '../helpers/quiet.ts';
import * as make from '../helpers/snapshot.ts';
import { ips, read, replica, snapshot, unread } from '../helpers/snapshot.ts';

const young = { changedAt: '2025-12-31T23:59:01Z' };

const unasked = { state: 'Absent' } as const;

/** Of three pods the last is neither in Endpoints nor in the upstream. */
const lost = {
  services: read([service()]),
  pods: read([pod(1), pod(2), pod(3)]),
  endpointSlices: read([slice(ips(1, 2, 3))]),
  endpoints: read([endpoints(ips(1, 2))]),
  upstreams: read([upstream(ips(1, 2))]),
};

/** The codes of what is settling, and whether that is quiet. */
function quietness(layers: Partial<Snapshot>): readonly [codes: string, isQuiet: boolean] {
  const seen = seenIn(snapshot({ serverTime, ...layers }));
  return [seen.settling.map(({ code }) => code).join(), seen.isQuiet()];
}

const both = 'MissingFromUpstream,MissingFromEndpoints';

describe('a second reading need not wait', () => {
  test('where all has stood still for 60 s', () => {
    expect(quietness(lost)).toEqual([both, true]);
  });

  test.each<[string, Partial<Snapshot>]>([
    ['whatever becomes of a pod that is not lost', { pods: read([pod(1, young), pod(2), pod(3)]) }],
    ['though our own clock is wrong', { takenAt: '2025-12-31T23:00:00.000Z' }],
    ['with all Nodes well', { nodes: nodes('node-1') }],
  ])('%s', (_, changes) => {
    expect(quietness({ ...lost, ...changes })).toEqual([both, true]);
  });

  test('for lost pods that are not ready', () => {
    const last = { addresses: ips(3), ready: false, serving: false, terminating: false };
    const unready = {
      pods: read([pod(1), pod(2), pod(3, { ready: false })]),
      endpointSlices: read([slice(ips(1, 2)), slice([], { name: 'web-2', endpoints: [last] })]),
      upstreams: unasked,
    };
    expect(quietness({ ...lost, ...unready })).toEqual(['MissingFromEndpoints', true]);
  });

  test('for ready pods that slices and Endpoints have as not ready', () => {
    const last = { addresses: ips(3), ready: false, serving: false, terminating: false };
    const unready = {
      endpointSlices: read([slice(ips(1, 2)), slice([], { name: 'web-2', endpoints: [last] })]),
      endpoints: read([make.endpoints(ips(1, 2), { changedAt, notReady: ips(3) })]),
      upstreams: unasked,
    };
    expect(quietness({ ...lost, ...unready })).toEqual(['MissingFromSlices,ReadinessSplit', true]);
  });

  test('for a port of which the gateway has an upstream, whatever it has of the others', () => {
    const given = {
      ...published,
      services: read([service({ ports: twoPorts })]),
      pods: read([pod(1)]),
      upstreams: read([upstream(ips(9))]),
    };
    const [codes] = quietness(given);
    expect(codes).toBe('MissingFromUpstream,StaleInUpstream');
    const seen = seenIn(snapshot({ serverTime, ...given }));
    expect(seen.isQuiet(seen.settling.filter(({ code }) => code === 'MissingFromUpstream'))).toBe(true);
  });

  test('for pods that are named, and have no addresses', () => {
    expect(quietness({ ...lost, ...misnamed })).toEqual(['PortMissing', true]);
    const pods = read([pod(1), pod(2), pod(3, young)]);
    expect(quietness({ ...lost, ...misnamed, pods })).toEqual(['PortMissing', false]);
  });
});

/** The pods have no port of the name that the Service means. */
const misnamed = {
  services: read([service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] })]),
  endpointSlices: read([slice([])]),
  endpoints: read([]),
  upstreams: unasked,
};

describe('a second reading waits', () => {
  test.each<[string, Partial<Snapshot>]>([
    ['for a lost pod that changed 59 s ago', { pods: read([pod(1), pod(2), pod(3, young)]) }],
    ['for Endpoints that changed 59 s ago', { endpoints: read([endpoints(ips(1, 2), young)]) }],
    [
      'for an upstream that was written 59 s ago',
      { upstreams: read([upstream(ips(1, 2), { updatedAt: young.changedAt })]) },
    ],
    ['for a Service that changed 59 s ago', { services: read([service(young)]) }],
    [
      'for a slice that changed 59 s ago, beside what rests on none',
      { endpointSlices: read([slice(ips(1, 2, 3), young)]) },
    ],
    ['for a lost pod without a date', { pods: read([pod(1), pod(2), without(pod(3), 'changedAt')]) }],
    ['for an upstream without update_time', { upstreams: read([without(upstream(ips(1, 2)), 'updatedAt')]) }],
    [
      'for the upstream inside a route',
      { upstreams: read([upstream(ips(1, 2), { inline: { kind: 'Route', id: '1' } })]) },
    ],
    [
      'for nodes that the gateway looks up',
      { upstreams: read([upstream(ips(1, 2), { source: 'Discovery' })]) },
    ],
    [
      'for one of several lost pods, whose Node is not ready',
      {
        nodes: read([
          { name: 'node-1', ready: true },
          { name: 'node-2', ready: false },
        ]),
        pods: read([pod(1), pod(2), pod(3), pod(4, { nodeName: 'node-2' })]),
        endpointSlices: read([slice(ips(1, 2, 3, 4))]),
      },
    ],
    ['for slices that cannot be read', { endpointSlices: unread }],
    [
      'for a Node that is not ready',
      {
        nodes: read([{ name: 'node-1', ready: false }]),
        pods: read([pod(1, { nodeName: 'node-2' }), pod(2, { nodeName: 'node-2' }), pod(3)]),
      },
    ],
  ])('%s', (_, changes) => {
    const [codes, isQuiet] = quietness({ ...lost, ...changes });
    expect(codes).not.toBe('');
    expect(isQuiet).toBe(false);
  });

  test('where the server does not tell its clock', () => {
    expect(seenIn(snapshot(lost)).isQuiet()).toBe(false);
  });

  test('for several lost pods of which one is on a Node that is not ready, though that is told by itself', () => {
    const seen = seenIn(
      snapshot({
        serverTime,
        ...lost,
        nodes: read(['node-1', 'node-2'].map((name) => ({ name, ready: name === 'node-1' }))),
        pods: read([pod(1), pod(2), pod(3), pod(4, { nodeName: 'node-2' })]),
        endpointSlices: read([slice(ips(1, 2, 3, 4))]),
      }),
    );
    const missing = seen.settling.filter(({ code }) => code === 'MissingFromEndpoints');
    expect(missing.map(({ addresses }) => addresses)).toEqual([['10.0.0.3:8080', '10.0.0.4:8080']]);
    expect(seen.isQuiet(missing)).toBe(false);
  });

  test.each<[string, string, Partial<Snapshot>]>([
    [
      'for Endpoints that changed 59 s ago, beside what rests on none',
      'MissingFromUpstream',
      { endpoints: read([endpoints(ips(1, 2, 3), young)]) },
    ],
    [
      'for an address whose pod is gone',
      'StaleInUpstream',
      { upstreams: read([upstream(ips(1, 2, 3, 4))]), endpoints: read([endpoints(ips(1, 2, 3))]) },
    ],
    ['for Endpoints that are gone', 'MissingFromEndpoints', { endpoints: read([]), upstreams: unasked }],
    [
      'for Endpoints that became empty',
      'MissingFromEndpoints',
      { endpoints: read([endpoints([], { subsets: [] })]), upstreams: unasked },
    ],
    [
      'for a slice that may be gone',
      'MissingFromSlices',
      {
        endpointSlices: read([slice(ips(1, 2))]),
        endpoints: read([endpoints(ips(1, 2, 3))]),
        upstreams: unasked,
      },
    ],
    [
      'for an upstream that is gone',
      'UpstreamNotFound',
      {
        ...published,
        services: read([service({ ports: twoPorts })]),
        pods: read([pod(1)]),
        upstreams: read([upstream(ips(1))]),
        apisixRoutes: read([route([backend('web', 81)])]),
      },
    ],
    [
      'for upstreams of two ports that are gone, though a third one has its own',
      'UpstreamNotFound',
      {
        services: read([
          service({ ports: [...twoPorts, { name: 'old', port: 82, protocol: 'TCP', targetPort: 8080 }] }),
        ]),
        pods: read([pod(1)]),
        endpointSlices: unasked,
        endpoints: unasked,
        upstreams: read([upstream(ips(1), { service: port80({ port: 82 }) })]),
        apisixRoutes: read([route([backend('web', 80), backend('web', 81)])]),
      },
    ],
    [
      'for a port that the Service has lost',
      'StaleInSlices,StaleInEndpoints',
      { ...published, pods: read([pod(1)]), upstreams: unasked },
    ],
    [
      'for a pod that is published though it is not ready',
      'StaleInUpstream',
      {
        pods: read([pod(1), pod(2, { ready: false })]),
        endpointSlices: read([
          slice(ips(1)),
          slice([], {
            name: 'web-2',
            endpoints: [{ addresses: ips(2), ready: false, serving: false, terminating: false }],
          }),
        ]),
        endpoints: read([make.endpoints(ips(1), { changedAt, notReady: ips(2) })]),
        upstreams: read([upstream(ips(1, 2))]),
      },
    ],
    [
      'for what the workers of the gateway use',
      'ReplicaSplit',
      {
        endpoints: read([endpoints(ips(1, 2, 3))]),
        upstreams: read([upstream(ips(1, 2, 3))]),
        replicas: read([replica('a', ips(1, 2, 3)), replica('b', ips(1, 2))]),
      },
    ],
    [
      'for pods that a selector no longer finds',
      'SelectorMatchesNothing',
      {
        services: read([service({ selector: { name: 'web' } })]),
        endpointSlices: read([slice([])]),
        endpoints: read([]),
        upstreams: unasked,
      },
    ],
  ])('%s', (_, codes, changes) => {
    expect(quietness({ ...lost, ...changes })).toEqual([codes, false]);
  });
});
