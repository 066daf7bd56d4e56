import { asRecord } from '../../../core/door.ts';
import { asId, type ApisixItem } from '../answer.ts';
import { keyOf, upstreamIdsOf, type Objects } from './objects.ts';

const isRoute = ({ resource }: ApisixItem) => resource === 'routes' || resource === 'stream_routes';

/** The keys of what a route leads to: `upstreams/ID`, or `services/ID` and `routes/ID` for inline ones. */
function destinations(route: ApisixItem, { services }: Objects): readonly string[] {
  const service = services.get(asId(asRecord(route.value)['service_id']));
  const holders = service ? [route, service] : [route];
  return [
    ...holders.map(keyOf),
    ...holders.flatMap((holder) => upstreamIdsOf(holder).map((id) => `upstreams/${id}`)),
  ];
}

/**
 * Ids of the routes that lead to an upstream, by `resource/id` of the object that is or holds it; `undefined`
 * when no routes were read.
 */
export function routesByOwner(
  items: readonly ApisixItem[],
  objects: Objects,
): ReadonlyMap<string, readonly string[]> | undefined {
  const routes = items.filter(isRoute);
  if (routes.length === 0) return undefined;
  const owners = new Map<string, Set<string>>();
  for (const route of routes) {
    for (const owner of destinations(route, objects)) {
      owners.set(owner, (owners.get(owner) ?? new Set()).add(route.id));
    }
  }
  return new Map([...owners].map(([owner, ids]) => [owner, [...ids].sort()]));
}

/** The keys of the upstreams that any route or service refers to. */
export function referredTo(items: readonly ApisixItem[]): ReadonlySet<string> {
  return new Set(
    items
      .filter((item) => isRoute(item) || item.resource === 'services')
      .flatMap((item) => upstreamIdsOf(item).map((id) => `upstreams/${id}`)),
  );
}
