import { describe, expect, test } from 'vitest';
import type { Snapshot, Upstream } from '../../../source/core/snapshot.ts';
import { crowdIps, cutAfter } from '../../helpers/crowd.ts';
import { at, reportOf } from '../../helpers/judging.ts';
import { endpoints, ips, read, slice, upstream } from '../../helpers/snapshot.ts';
import { checksOf, holding, of81, onePortTwice } from '../../helpers/two-ports.ts';

const all = ips(1, 2, 3);
const metrics = of81(all, 8080);

/** What is found of a Service whose two ports lead to the same addresses. */
const told = (upstreams: readonly Upstream[], layers: Partial<Snapshot> = {}) =>
  reportOf({ ...onePortTwice, upstreams: read(upstreams), ...layers }).findings.map(
    ({ code, port, addresses }) => [code, port, addresses],
  );

describe('of two ports that lead to the same addresses', () => {
  test('a finding of pods of the gateway is about the one in which they differ', () => {
    const replicas = read([all, ips(1, 2)].map((hosts, at) => holding(`${at}`, [upstream(hosts), metrics])));
    expect(told([upstream(all), metrics], { replicas })).toEqual([['ReplicaSplit', 'http', at(3)]]);
  });

  const probing = (http: readonly string[], ofMetrics: readonly string[]) => {
    const both = [upstream(all), metrics];
    const healthChecks = read([checksOf(upstream(all), http), checksOf(metrics, ofMetrics)]);
    return told(both, { replicas: read([holding('a', both, { healthChecks })]) });
  };

  test('a ghost is one of the port whose health checks probe it', () => {
    expect(probing(ips(1, 9), ips(1))).toEqual([['HealthCheckGhost', 'http', at(9)]]);
    expect(probing(ips(1), ips(1, 9))).toEqual([['HealthCheckGhost', 'metrics', at(9)]]);
  });

  test('a ghost of both is told of each', () => {
    expect(probing(ips(9), ips(9))).toEqual([
      ['HealthCheckGhost', 'http', at(9)],
      ['HealthCheckGhost', 'metrics', at(9)],
    ]);
  });

  test('an upstream that is used instead of the right one explains what differs under its own port', () => {
    const id = '5ce57b8e';
    const shadow = { ...of81(ips(1, 8), 8080), id, inline: { kind: 'Service', id }, shadows: id } as const;
    expect(told([upstream(ips(1, 2)), shadow])).toEqual([
      ['InlineUpstreamShadow', 'metrics', at(1, 8)],
      ['MissingFromUpstream', 'http', at(3)],
    ]);
  });

  test('the one whose upstream follows the cut Endpoints is told, though that of the other has every pod', () => {
    const ports = ['http', 'metrics'].map((name) => ({ name, port: 8080, protocol: 'TCP' }));
    const crowd = crowdIps(997);
    const kept = [...crowd, ...all].map((ip) => ({ ip }));
    const whole = [...crowd, ...ips(1, 2, 3, 4, 5, 6)];
    const layers = {
      ...cutAfter(3, 6),
      endpointSlices: read([slice(whole, { ports })]),
      endpoints: read([
        endpoints([], {
          subsets: [{ addresses: kept, notReadyAddresses: [], ports }],
          overCapacity: 'truncated',
        }),
      ]),
    };
    const both = [upstream([...crowd, ...all]), of81(whole, 8080)];
    expect(told(both, layers)).toContainEqual(['UpstreamCutByEndpoints', 'http', at(4, 5, 6)]);
  });
});
