import { describe, expect, test } from 'vitest';
import { together } from '../../../source/core/gateways/together.ts';
import type { Layer, Snapshot, Upstream } from '../../../source/core/snapshot.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { backend, endpoint, route } from '../../helpers/objects.ts';
import { ips, pods, read, service, slice, unread, upstream } from '../../helpers/snapshot.ts';

const twice = {
  services: read([
    service({
      ports: ['http', 'metrics'].map((name, index) => ({
        name,
        port: index === 0 ? 80 : 9100,
        protocol: 'TCP',
        targetPort: 8080,
      })),
    }),
  ]),
  pods: read(pods(3)),
  endpointSlices: read([
    slice(ips(1, 2, 3), {
      ports: ['http', 'metrics'].map((name) => ({ name, port: 8080, protocol: 'TCP' })),
    }),
  ]),
  endpoints: unread,
};
const ofPort = (port: number, hosts: readonly string[]): Upstream =>
  upstream(hosts, {
    id: String(port),
    service: { namespace: 'shop', name: 'web', port, granularity: 'endpoint' },
  });

describe('an address under two Service ports is one row', () => {
  const rowsOf = (...upstreams: readonly Upstream[]) =>
    reportOf({ ...twice, upstreams: read(upstreams) }).addresses.map(({ address, firstDivergence }) => [
      address,
      firstDivergence,
    ]);
  const lost = [at(1), at(2), at(3)].map(([address], index) => [
    address,
    index === 2 ? 'Upstream' : undefined,
  ]);

  test('which tells of the port under which it is lost, be it the first or the second', () => {
    expect(rowsOf(ofPort(80, ips(1, 2)), ofPort(9100, ips(1, 2, 3)))).toEqual(lost);
    expect(rowsOf(ofPort(80, ips(1, 2, 3)), ofPort(9100, ips(1, 2)))).toEqual(lost);
  });

  test('and of the first port where it is lost under both', () => {
    const { addresses } = reportOf({
      ...twice,
      apisixRoutes: read([route([backend('web', 9100)])]),
      upstreams: read([ofPort(80, ips(1, 2))]),
    });
    expect(addresses.map(({ because }) => because)).toEqual([
      'UpstreamNotFound',
      'UpstreamNotFound',
      'MissingFromUpstream',
    ]);
  });

  test('and tells of nothing where both ports have it', () => {
    const rows = rowsOf(ofPort(80, ips(1, 2, 3)), ofPort(9100, ips(1, 2, 3)));
    expect(rows).toEqual(at(1, 2, 3).map((address) => [address, undefined]));
  });
});

describe('an address in several gateways', () => {
  const rowsIn = (layers: Partial<Snapshot>, ...upstreams: readonly Layer<Upstream>[]) => {
    const told = upstreams.map((layer, index) => ({
      gateway: ['edge', 'internal'][index] ?? '',
      upstreams: layer,
      replicas: { state: 'Absent' } as const,
    }));
    return reportOf({ ...agreed, ...layers, ...together(told), gatewayGiven: true }).addresses;
  };

  test('says what Kubernetes says of it, and of the gateways that none has lost it the best', () => {
    const zoned = slice([], { endpoints: ips(1, 2, 3).map((ip) => endpoint(ip, { zone: 'zone-a' })) });
    const [row] = rowsIn({ endpointSlices: read([zoned]) }, unread, read([upstream(ips(1, 2, 3))]));
    expect(row).toEqual({
      address: '10.0.0.1:8080',
      pod: 'web-1',
      node: 'node-1',
      zone: 'zone-a',
      in: { Pods: 'Ready', EndpointSlices: 'Ready', Endpoints: 'Ready', Upstream: 'Present' },
      gateways: { edge: { Upstream: 'Unread' }, internal: { Upstream: 'Present' } },
    });
    expect(Object.keys(row?.gateways?.['edge'] ?? {})).toEqual(['Upstream']);
  });

  test('is lost at the first layer at which any of them lost it', () => {
    const all = read([upstream(ips(1, 2, 3, 9))]);
    const rows = rowsIn({}, read([upstream(ips(1, 2, 3))]), all);
    expect(rows.at(-1)).toEqual({
      address: '10.0.0.9:8080',
      in: { Pods: 'Absent', EndpointSlices: 'Absent', Endpoints: 'Absent', Upstream: 'Present' },
      gateways: { internal: { Upstream: 'Present' } },
      firstDivergence: 'Upstream',
      because: 'StaleInUpstream',
    });
  });

  test('stands in the order of addresses, whichever of them holds it', () => {
    const rows = rowsIn({}, read([upstream(ips(1, 2, 3, 20))]), read([upstream(ips(1, 2, 3, 9))]));
    expect(rows.map(({ address }) => address)).toEqual(at(1, 2, 3, 9, 20));
  });
});
