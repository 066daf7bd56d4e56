import { describe, expect, test } from 'vitest';
import type { Snapshot, Upstream } from '../../source/core/snapshot.ts';
import { agreed, reportOf } from '../helpers/judging.ts';
import { backend, port80, route, without } from '../helpers/objects.ts';
import { endpoints, ips, pods, read, service, slice, upstream } from '../helpers/snapshot.ts';

const unread = { state: 'Unread', reason: 'dns discovery' } as const;
const published = ['http', 'metrics'].map((name) => ({ name, port: 8080, protocol: 'TCP' }));
const subsets = [{ addresses: ips(1, 2).map((ip) => ({ ip })), notReadyAddresses: [], ports: published }];

/** Two Service ports that lead to one port of two pods. */
const twoPorts = {
  services: read([
    service({
      ports: [80, 81].map((port) => ({
        name: port === 80 ? 'http' : 'metrics',
        port,
        protocol: 'TCP',
        targetPort: 8080,
      })),
    }),
  ]),
  pods: read(pods(2)),
  endpointSlices: read([slice(ips(1, 2), { ports: published })]),
  endpoints: read([endpoints([], { subsets })]),
};

const upstreamLayer = (given: Partial<Snapshot>) => reportOf(given).layers[3];
const of81 = (changes: Partial<Upstream>) =>
  upstream(ips(1, 2), { id: '81', service: port80({ port: 81 }), ...changes });

test('an address under two Service ports is counted once', () => {
  const counted = { addresses: 2, ready: 2 };
  expect(reportOf(twoPorts).layers).toMatchObject([{}, counted, counted, {}]);
});

test('a layer of which nobody says where it was read has no source', () => {
  const unnamed = { ...read(pods(1)), source: '' };
  expect(reportOf({ pods: unnamed }).layers[0]).toEqual({
    name: 'Pods',
    state: 'Read',
    objects: 1,
    addresses: 1,
    ready: 1,
  });
});

describe('the layer of the gateway', () => {
  test('is read where one port of two is, and says why the other one is not', () => {
    const some = [upstream(ips(1, 2)), of81({ nodes: unread })];
    const told = { state: 'Read', objects: 2, addresses: 2, reason: 'dns discovery' };
    expect(upstreamLayer({ ...twoPorts, upstreams: read(some) })).toMatchObject(told);
  });

  test('is read where all that is known of one port is a subset', () => {
    const some = [upstream(ips(1), { service: port80({ subset: 'blue' }) }), of81({ nodes: unread })];
    expect(upstreamLayer({ ...twoPorts, upstreams: read(some) })).toMatchObject({
      state: 'Read',
      addresses: 1,
    });
  });
});

describe('upstreams that are named after routes which could not be seen', () => {
  const unseen = (...names: readonly string[]) =>
    names.map((name, index) =>
      without(upstream(ips(1), { id: `id-${index}`, name, unseenRouteIn: 'shop' }), 'service'),
    );
  const reason = (names: string) =>
    `upstreams named after routes cannot be told apart without the routes of namespace shop: ${names}`;

  test.each([
    [['a', 'b', 'c'], 'a, b, c'],
    [['a', 'b', 'c', 'd'], 'a, b, c ...'],
    [['', 'b'], 'id-0, b'],
  ])('%j leave a gateway that was given Unread, and are named', (names, told) => {
    const given = { ...agreed, gatewayGiven: true, upstreams: read(unseen(...names)) };
    expect(upstreamLayer(given)).toMatchObject({ state: 'Unread', reason: reason(told) });
  });

  test('are no matter where nothing says that the gateway serves the Service', () => {
    expect(upstreamLayer({ ...agreed, upstreams: read(unseen('a')) })).toEqual({
      name: 'Upstream',
      state: 'Absent',
    });
  });

  test('are not named where another port has its own', () => {
    const layer = upstreamLayer({
      ...twoPorts,
      apisixRoutes: read([route([backend('web', 81)])]),
      upstreams: read([upstream(ips(1, 2)), ...unseen('a')]),
    });
    expect(layer).toMatchObject({ state: 'Read', addresses: 2 });
    expect(layer).not.toHaveProperty('reason');
  });
});
