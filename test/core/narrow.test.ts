import { expect, test } from 'vitest';
import { narrowTo } from '../../source/core/narrow.ts';
import type { Snapshot, Upstream } from '../../source/core/snapshot.ts';
import { backend, nodes, port80, route, without } from '../helpers/objects.ts';
import {
  endpoints,
  ips,
  pod,
  pods,
  read,
  replica,
  service,
  slice,
  snapshot,
  unread,
  upstream,
} from '../helpers/snapshot.ts';

const web = service();
const api = service({ name: 'api', uid: 'uid-api', selector: { app: 'api' } });
const ofApi = upstream(ips(9), { id: '9', service: port80({ name: 'api' }) });
const displaced = {
  route: { kind: 'ApisixRoute', namespace: 'shop', name: 'web' },
  by: { kind: 'ApisixRoute', namespace: 'shop', name: 'api' },
  service: port80(),
} as const;
const kinds = { apisixRoutes: 'ApisixRoute', ingresses: 'Ingress', gatewayRoutes: 'HTTPRoute' } as const;
const inPod = (...upstreams: readonly Upstream[]) =>
  replica('a', [], {
    upstreams: read(upstreams),
    runtime: read(upstreams),
    healthChecks: read(
      upstreams.map(({ id, service: owner }) => ({
        id,
        nodes: { state: 'Read' as const, items: [] },
        ...(owner && { service: owner }),
      })),
    ),
  });

/** What belongs to web, and what does not beside it. */
function objects(whole: boolean): Snapshot {
  const beside = <Item>(own: readonly Item[], other: Item) => read(whole ? [...own, other] : own);
  const routes = (kind: (typeof kinds)[keyof typeof kinds]) =>
    beside([{ ...route([backend('web')]), kind }], {
      ...route([backend('api')]),
      kind,
      name: 'api',
      uid: `uid-${kind}`,
    });
  return snapshot({
    services: beside([web], api),
    pods: beside(pods(2), pod(9, { labels: { app: 'api' } })),
    endpointSlices: beside([slice(ips(1, 2))], slice(ips(9), { name: 'api-1', serviceName: 'api' })),
    endpoints: beside([endpoints(ips(1, 2))], endpoints(ips(9), { name: 'api', uid: 'uid-api' })),
    nodes: nodes('node-1', 'node-2'),
    apisixRoutes: routes(kinds.apisixRoutes),
    ingresses: routes(kinds.ingresses),
    gatewayRoutes: routes(kinds.gatewayRoutes),
    upstreams: beside([upstream(ips(1, 2))], ofApi),
    replicas: read([whole ? inPod(upstream(ips(1, 2)), ofApi) : inPod(upstream(ips(1, 2)))]),
  });
}

test('a Snapshot of one Service has what belongs to it, in every layer, and nothing else', () => {
  expect(narrowTo(objects(true), [web])).toEqual(objects(false));
});

test('of several Services it has what belongs to any of them, once', () => {
  expect(narrowTo(objects(true), [web, api, web])).toEqual(objects(true));
});

test('upstreams stay that another route has taken from the Service, or that may be its own', () => {
  const taken = { ...ofApi, displaced: [displaced] };
  const unseen = without(upstream(ips(5), { id: '5', unseenRouteIn: 'shop' }), 'service');
  const foreign = without(upstream(ips(6), { id: '6', unseenRouteIn: 'other' }), 'service');
  const whole = snapshot({ upstreams: read([taken, unseen, foreign]) });
  const { upstreams } = narrowTo(whole, [web]);
  expect(upstreams).toEqual(read([unseen, taken]));
});

test('what could not be read stays so', () => {
  const whole = snapshot({ pods: unread, upstreams: unread, replicas: unread, ingresses: unread });
  expect(narrowTo(whole, [web])).toEqual(whole);
});
