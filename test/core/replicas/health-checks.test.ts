import { describe, expect, test } from 'vitest';
import type { Replica, Snapshot, Upstream } from '../../../source/core/snapshot.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { backend, port80, route, upstreamNode, upstreamWith } from '../../helpers/objects.ts';
import { ips, read, replica, unread, upstream } from '../../helpers/snapshot.ts';
import { checksOf, holding } from '../../helpers/two-ports.ts';

const all = ips(1, 2, 3);

const judged = (one: Replica, layers: Partial<Snapshot> = { upstreams: read([upstream(all)]) }) =>
  reportOf({ ...agreed, replicas: read([one]), ...layers });
const codesOf = ({ findings }: ReturnType<typeof reportOf>) => findings.map(({ code }) => code);
const probesIn = ({ addresses }: ReturnType<typeof reportOf>) =>
  addresses.map(({ address, in: { HealthCheck } }) => [address, HealthCheck]);

test('an address that is only probed differs in the health checks, and no other one does', () => {
  const { addresses } = judged(replica('a', all, { probed: ips(1, 9) }));
  expect(addresses.filter(({ firstDivergence }) => firstDivergence)).toMatchObject([
    {
      address: '10.0.0.9:8080',
      in: { Runtime: 'Absent', HealthCheck: 'Present' },
      firstDivergence: 'HealthCheck',
      because: 'HealthCheckGhost',
    },
  ]);
});

test.each([
  ['alone', []],
  ['beside IPs', all],
])('nodes that are names %s are probed at the IPs behind them, which are no ghosts', (_, hosts) => {
  const named = [upstream(['web.example.com', ...hosts])];
  const report = judged(
    holding('a', named, { healthChecks: read(named.map((one) => checksOf(one, ips(7)))) }),
  );
  expect(codesOf(report)).not.toContain('HealthCheckGhost');
});

test('those that no pod tells of are Unread in every row', () => {
  const report = judged(replica('a', all, { healthChecks: unread }));
  expect(probesIn(report)).toEqual(at(1, 2, 3).map((address) => [address, 'Unread']));
});

test('of a Service that no pod has anything of there are none', () => {
  const nothing = { upstreams: read([]), runtime: read([]) };
  const apisixRoutes = read([route([backend('web')])]);
  const report = judged(replica('a', [], nothing), { apisixRoutes, upstreams: read([]) });
  expect(codesOf(report)).toEqual(['UpstreamNotFound']);
  expect(probesIn(report)).toEqual(at(1, 2, 3).map((address) => [address, undefined]));
});

describe('those of an upstream that leads to the ClusterIP', () => {
  const byIp: Upstream = upstreamWith([], upstreamNode('10.96.0.1', { port: 80 }), {
    service: port80({ granularity: 'service' }),
  });
  const through = (healthChecks: Replica['healthChecks']) =>
    judged(holding('a', [byIp], { healthChecks }), { upstreams: read([byIp]) });
  const unprobed = at(1, 2, 3).map((address) => [address, undefined]);

  test('probe no pod, and no ghost', () => {
    const report = through(read([checksOf(byIp, ['10.96.0.1'], 80)]));
    expect(codesOf(report)).toEqual(['UpstreamByClusterIP']);
    expect(probesIn(report)).toEqual(unprobed);
    expect(report.replicas?.[0]?.layers.at(-1)).toMatchObject({ addresses: 0, healthy: 0 });
  });

  test('are of no importance to any row where they could not be read', () => {
    expect(probesIn(through(unread))).toEqual(unprobed);
  });
});
