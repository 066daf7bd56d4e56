import type { Route } from '../../core/kubernetes.ts';
import type { Layer, Snapshot } from '../../core/snapshot.ts';
import { ApiError } from './api-error.ts';
import type { Cluster } from './connection.ts';
import { apisixRoutes, gatewayRoutes, ingresses } from './kinds.ts';
import { list, readLayer } from './layer.ts';
import { joinListings, type Listing } from './listing.ts';
import { gatewayApi } from './paths.ts';

/** Everything that can lead requests to a Service, in one namespace or in all. */
export async function readRoutes(
  cluster: Cluster,
  namespace: string | undefined,
): Promise<Pick<Snapshot, 'apisixRoutes' | 'ingresses' | 'gatewayRoutes'>> {
  const [ofApisix, ofIngress, ofGateway] = await Promise.all([
    readIfServed(cluster, list(cluster, apisixRoutes, { namespace })),
    readIfServed(cluster, list(cluster, ingresses, { namespace })),
    readIfServed(cluster, listGatewayRoutes(cluster, namespace)),
  ]);
  return { apisixRoutes: ofApisix, ingresses: ofIngress, gatewayRoutes: ofGateway };
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
  const settled = await Promise.allSettled(gatewayRoutes.map((kind) => list(cluster, kind, { namespace })));
  const listings = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const isAll = listings.length === 0;
  for (const failure of failures) if (isAll || !isNotServed(failure)) throw failure;
  return joinListings(listings);
}
