import { asArray, asRecord, isRecord, type UnknownRecord } from '../../core/door.ts';
import { asId, type ApisixItem } from './answer.ts';

/** Where the `traffic-split` plugin of a route or service sends a share of the requests to. */
function splits(value: unknown): readonly UnknownRecord[] {
  const split = asRecord(asRecord(asRecord(value)['plugins'])['traffic-split']);
  return asArray(split['rules'])
    .flatMap((rule) => asArray(asRecord(rule)['weighted_upstreams']))
    .map(asRecord);
}

function upstreamIdsOf(value: unknown): readonly string[] {
  return [asRecord(value), ...splits(value)].map((holder) => asId(holder['upstream_id']));
}

/** The keys of what a route leads to: `upstreams/ID`, or `services/ID` and `routes/ID` for inline ones. */
function destinations(route: ApisixItem, services: ReadonlyMap<string, ApisixItem>): readonly string[] {
  const serviceId = asId(asRecord(route.value)['service_id']);
  const service = services.get(serviceId);
  return [
    `routes/${route.id}`,
    `services/${serviceId}`,
    ...[...upstreamIdsOf(route.value), ...(service ? upstreamIdsOf(service.value) : [])].map(
      (id) => `upstreams/${id}`,
    ),
  ];
}

/**
 * Ids of the routes that lead to an upstream, by `resource/id` of the object that holds the upstream; `undefined`
 * when no routes were read.
 */
export function routesByOwner(
  items: readonly ApisixItem[],
): ReadonlyMap<string, readonly string[]> | undefined {
  const routes = items.filter(({ resource }) => resource === 'routes');
  if (routes.length === 0) return undefined;
  const services = new Map(
    items.filter(({ resource }) => resource === 'services').map((item) => [item.id, item] as const),
  );
  const owners = new Map<string, Set<string>>();
  for (const route of routes) {
    for (const owner of destinations(route, services)) {
      owners.set(owner, (owners.get(owner) ?? new Set()).add(route.id));
    }
  }
  return new Map([...owners].map(([owner, ids]) => [owner, [...ids].sort()]));
}

/** Upstreams written into a route or service, or into its `traffic-split`, instead of being referred to. */
export function inlineUpstreams({ value }: ApisixItem): readonly UnknownRecord[] {
  return [asRecord(value), ...splits(value)].map((holder) => holder['upstream']).filter(isRecord);
}
