import { expect, test } from 'vitest';
import { together } from '../../../source/core/gateways/together.ts';
import type { Layer, Snapshot, Upstream } from '../../../source/core/snapshot.ts';
import { agreed, reportOf } from '../../helpers/judging.ts';
import { backend, port80, route, without } from '../../helpers/objects.ts';
import { ips, read, replica, service, unread, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);

/** What is judged of the Service with gateways `edge` and `internal`. */
function judged(edge: Layer<Upstream>, internal: Layer<Upstream>, layers: Partial<Snapshot> = {}) {
  const told = [
    { gateway: 'edge', upstreams: edge },
    { gateway: 'internal', upstreams: internal },
  ].map((one) => ({ ...one, replicas: { state: 'Absent' } as const }));
  return reportOf({ ...agreed, ...together(told), gatewayGiven: true, ...layers });
}

const named = (name: string) => ({ kind: 'ApisixRoute', namespace: 'shop', name }) as const;
/** Took the place of a rule for shop/web. */
const winner = upstream(ips(9), {
  id: '7',
  name: 'shop_other_80',
  service: port80({ name: 'other' }),
  displaced: [{ route: named('web'), by: named('other'), service: port80() }],
});

test('a rule that lost its place in one gateway is told of that one, and not of the other', () => {
  const { findings, gateways } = judged(read([winner]), read([upstream(all)]));
  expect(findings.map(({ code, gateway }) => [code, gateway])).toEqual([['UpstreamIdCollision', 'edge']]);
  expect(gateways?.map(({ name }) => name)).toEqual(['edge', 'internal']);
});

test('upstreams that may be of the Service make its state unknown in their gateway alone', () => {
  const unowned = without(upstream(all, { name: 'shop_x_80', unseenRouteIn: 'shop' }), 'service');
  const { status, gateways } = judged(read([unowned]), read([]));
  expect(status).toBe('Unknown');
  expect(gateways?.map(({ name }) => name)).toEqual(['edge']);
});

test('a gateway without anything of the Service has no part in it, whatever it has of others', () => {
  const other = upstream(ips(8), { service: port80({ name: 'other' }) });
  const { gateways, findings } = judged(read([other]), read([upstream(all)]));
  expect(gateways?.map(({ name }) => name)).toEqual(['internal']);
  expect(findings).toEqual([]);
});

const ports = ['http', 'metrics'].map((name, index) => ({
  name,
  port: index === 0 ? 80 : 9100,
  protocol: 'TCP',
  targetPort: 8080,
}));

const metricsIn = (internal: Layer<Upstream>) =>
  judged(read([upstream(all)]), internal, {
    services: read([service({ ports })]),
    apisixRoutes: read([route([backend('web', 9100)])]),
  }).findings.map(({ code, port, gateway }) => [code, port, gateway]);

test.each([
  { title: 'has it', internal: read([upstream(all, { id: '2', service: port80({ port: 9100 }) })]) },
  { title: 'cannot be read, and may have it', internal: unread },
])('a port that one gateway lacks is not missed there where the other one $title', ({ internal }) => {
  expect(metricsIn(internal).filter(([code]) => code === 'UpstreamNotFound')).toEqual([]);
});

test('a port that no gateway has is missed', () => {
  expect(metricsIn(read([]))).toContainEqual(['UpstreamNotFound', 'metrics', 'edge']);
});

test('a port that only the pods of a gateway still have is missed in its configuration', () => {
  const behind = replica('a', [], { gateway: 'edge', upstreams: read([]), runtime: read([upstream(all)]) });
  const apisixRoutes = read([route([backend('web')])]);
  const { findings } = judged(read([]), read([]), { apisixRoutes, replicas: read([behind]) });
  expect(findings.map(({ code, gateway }) => [code, gateway])).toContainEqual(['UpstreamNotFound', 'edge']);
});

test('a gateway that stands alone, for the other one is not there, has no part of its own', () => {
  const { gateways, layers } = judged(read([upstream(all)]), { state: 'Absent' });
  expect(gateways).toBeUndefined();
  expect(layers.find(({ name }) => name === 'Upstream')).toMatchObject({ addresses: 3 });
});
