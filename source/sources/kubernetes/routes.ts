import { gatewayRouteKinds, type Route } from '../../core/kubernetes.ts';
import type { Layer, Snapshot } from '../../core/snapshot.ts';
import { ApiError } from './api-error.ts';
import type { Cluster } from './connection.ts';
import { joinListings, list, readLayer } from './layer.ts';
import type { Listing } from './layer.ts';
import { parseApisixRoute, parseGatewayRoute, parseIngress } from './objects.ts';
import { gatewayApi, gatewayRoutes, listPath, resources } from './paths.ts';

/** Everything that can lead requests to a Service, in one namespace or in all. */
export async function readRoutes(
  cluster: Cluster,
  namespace: string | undefined,
): Promise<Pick<Snapshot, 'apisixRoutes' | 'ingresses' | 'gatewayRoutes'>> {
  const of = <Item>(resource: keyof typeof resources, parse: (value: unknown) => Item) =>
    readIfServed(cluster, list(cluster, { path: listPath(resources[resource], namespace) }, parse));
  const [apisixRoutes, ingresses, gateway] = await Promise.all([
    of('apisixRoutes', parseApisixRoute),
    of('ingresses', parseIngress),
    readIfServed(cluster, listGatewayRoutes(cluster, namespace)),
  ]);
  return { apisixRoutes, ingresses, gatewayRoutes: gateway };
}

/** Many clusters have not all these kinds, and many people no right to see them: neither is worth a word. */
async function readIfServed<Item>(cluster: Cluster, reading: Promise<Listing<Item>>): Promise<Layer<Item>> {
  try {
    await reading;
  } catch (error) {
    if (isNotServed(error)) return { state: 'Absent' };
  }
  return readLayer(cluster, reading);
}

function isNotServed(error: unknown): boolean {
  return error instanceof ApiError && [403, 404].includes(error.status);
}

/** Its group is asked for first: in most clusters that one question spares five. Kinds that are not served are left out. */
async function listGatewayRoutes(cluster: Cluster, namespace: string | undefined): Promise<Listing<Route>> {
  await cluster.get(gatewayApi);
  const settled = await Promise.allSettled(
    gatewayRouteKinds.map((kind) =>
      list(cluster, { path: listPath(gatewayRoutes[kind], namespace) }, parseGatewayRoute(kind)),
    ),
  );
  const listings = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const isAll = listings.length === 0;
  for (const failure of failures) if (isAll || !isNotServed(failure)) throw failure;
  return joinListings(listings);
}
