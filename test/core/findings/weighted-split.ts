import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed } from '../../helpers/judging.ts';
import { backend, port80, route } from '../../helpers/objects.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const routed = (...routes: readonly ReturnType<typeof route>[]) => ({
  ...agreed,
  apisixRoutes: read(routes),
});

/** What a `traffic-split` of route 7 gives to upstreams of the Service, of 100. */
const sharing = (...weights: readonly number[]) => ({
  ...agreed,
  upstreams: read(
    weights.map((weight, index) =>
      upstream(ips(1, 2, 3), {
        id: `split-${index}`,
        service: port80(),
        shares: [{ of: { kind: 'Route', id: '7' }, weight, total: 100 }],
      }),
    ),
  ),
});
const told = (where: string, part: string) =>
  `${where} shares its requests out over several backends by weight: this Service gets ${part}`;

export const fixture: Fixture = {
  appears: [
    {
      title: 'a rule without a name is told by its route',
      given: routed({ ...route(), rules: [{ name: '', backends: [backend('web'), backend('web-canary')] }] }),
      says: [{ severity: 'Info', layer: 'Upstream', addresses: [], message: told('web', 'a part') }],
    },
    {
      title: 'the kinds of routes are told in the order of text',
      given: {
        ...agreed,
        ingresses: read([{ ...route([backend('web'), backend('web-canary')]), kind: 'Ingress' as const }]),
        gatewayRoutes: read([{ ...route([backend('web')]), kind: 'HTTPRoute' as const }]),
      },
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: [],
          hint: 'kubectl get httproute,ingress -o yaml -n shop',
        },
      ],
    },
    {
      title: 'a rule shares its requests out over two Services',
      given: routed(route([backend('web'), backend('web-canary')])),
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: [],
          message: told('web/rule0', 'a part'),
          hint: 'kubectl get apisixroute -o yaml -n shop',
        },
      ],
    },
    {
      title: 'a split of the gateway gives it 10 of 100',
      given: sharing(10),
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: [],
          message: told('route 7', '10 of 100'),
          hint: 'kubectl get apisixroute -o yaml -n shop',
        },
      ],
    },
    {
      title: 'a split gives to two of its upstreams: that is one part',
      given: sharing(10, 20),
      says: [{ severity: 'Info', layer: 'Upstream', addresses: [], message: told('route 7', '30 of 100') }],
    },
    {
      title: 'routes of two kinds share out: both are to be read',
      given: {
        ...routed(route([backend('web'), backend('web-canary')])),
        ingresses: read([{ ...route([backend('web')]), kind: 'Ingress' as const }]),
      },
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: [],
          hint: 'kubectl get apisixroute,ingress -o yaml -n shop',
        },
      ],
    },
  ],
  nearMisses: [
    { title: 'the upstreams of the Service together get every request of the split', given: sharing(40, 60) },
    {
      title: 'two rules have one Service each',
      given: routed(route([backend('web')], [backend('web-canary')])),
    },
    {
      title: 'a rule shares out over other Services, beside one for this',
      given: routed(route([backend('web')], [backend('api'), backend('api-canary')])),
    },
    {
      title: 'a rule shares out over two subsets of this Service: it gets every request',
      given: routed(route([backend('web'), backend('web')])),
    },
    {
      title: 'the route of another namespace means the Service there',
      given: routed({ ...route([backend('web'), backend('web-canary')]), namespace: 'other' }),
    },
  ],
};
