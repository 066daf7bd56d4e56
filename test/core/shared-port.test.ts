import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { at, drift, reportOf } from '../helpers/judging.ts';
import { endpoints, ips, pods, read, replica, service, slice, upstream } from '../helpers/snapshot.ts';

const numbers = [
  { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 },
  { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 5354 },
] as const;
const published = numbers.map(({ name, targetPort: port, protocol }) => ({ name, port, protocol }));
const own = { namespace: 'shop', name: 'web', port: 53, granularity: 'endpoint' } as const;

const nodes = (port: number, ...last: readonly number[]) => ({
  state: 'Read' as const,
  items: ips(...last).map((host) => ({ host, port, weight: 100, priority: 0 })),
});
const over = (scheme: string, port: number, ...last: readonly number[]) =>
  upstream([], { scheme, service: own, nodes: nodes(port, ...last) });

const given = (layers: Partial<Snapshot>): Partial<Snapshot> => ({
  services: read([service({ ports: numbers })]),
  pods: read(pods(2)),
  endpointSlices: read([slice(ips(1, 2), { ports: published })]),
  endpoints: read([
    endpoints([], {
      subsets: [{ addresses: ips(1, 2).map((ip) => ({ ip })), notReadyAddresses: [], ports: published }],
    }),
  ]),
  ...layers,
});

describe('of two Service ports that share a number', () => {
  test.each([
    ['tcp', 5354],
    ['udp', 5353],
  ])('an upstream that speaks %s is compared with the one of that protocol', (scheme, port) => {
    expect(drift(reportOf(given({ upstreams: read([over(scheme, port, 1, 2)]) })))).toEqual([]);
  });

  test('upstreams of which one speaks TCP are compared with the one over TCP', () => {
    const mixed = [over('udp', 5353, 1, 2), { ...over('tcp', 5354, 1, 2), id: '2' }];
    const { findings } = reportOf(given({ upstreams: read(mixed) }));
    expect(findings).toMatchObject([
      { code: 'MissingFromUpstream', port: 'dns-tcp' },
      { code: 'StaleInUpstream', port: 'dns-tcp' },
    ]);
  });

  test('it is compared in every pod of the gateway too', () => {
    const whole = read([over('tcp', 5354, 1, 2)]);
    const replicas = read([replica('a', [], { upstreams: whole, runtime: whole })]);
    expect(drift(reportOf(given({ upstreams: whole, replicas })))).toEqual([]);
  });

  test('the nodes of the other one are wrong in it', () => {
    expect(drift(reportOf(given({ upstreams: read([over('tcp', 5353, 1)]) })))).toEqual([
      ['MissingFromUpstream', at(1, 2).map((text) => text.replace(':8080', ':5354'))],
      ['StaleInUpstream', ['10.0.0.1:5353']],
    ]);
  });

  test('a gateway that was given and has neither lacks the one over TCP', () => {
    const { findings } = reportOf(given({ upstreams: read([]), gatewayGiven: true }));
    expect(findings).toMatchObject([{ code: 'UpstreamNotFound', port: 'dns-tcp', count: 2 }]);
  });
});
