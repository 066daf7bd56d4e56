import type { Upstream } from '../../core/snapshot.ts';
import type { ApisixItem } from './answer.ts';
import { inlineUpstreams, routesByOwner } from './references.ts';
import { resolveUpstreams, type Known } from './resolve.ts';
import { parseUpstream } from './upstream.ts';

const inlineKinds = { routes: 'Route', services: 'Service' } as const;

function parseInline(item: ApisixItem): readonly Upstream[] {
  const { resource, id } = item;
  if (resource !== 'routes' && resource !== 'services') return [];
  const inline = { kind: inlineKinds[resource], id };
  return inlineUpstreams(item).map((value) => ({ ...parseUpstream(id, value), inline }));
}

/** All upstreams among the objects of the admin API, with the Service and the routes that each belongs to. */
export function upstreamsOf(items: readonly ApisixItem[], known: Known): readonly Upstream[] {
  const own = items
    .filter(({ resource }) => resource === 'upstreams')
    .map(({ id, value }) => parseUpstream(id, value));
  const routes = routesByOwner(items);
  const withRoutes = (upstream: Upstream, owner: string) =>
    routes ? { ...upstream, routes: routes.get(owner) ?? [] } : upstream;
  return [
    ...resolveUpstreams(own, known).map((upstream) => withRoutes(upstream, `upstreams/${upstream.id}`)),
    ...items.flatMap((item) =>
      parseInline(item).map((one) => withRoutes(one, `${item.resource}/${item.id}`)),
    ),
  ];
}
