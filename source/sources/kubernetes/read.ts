import type { Endpoints, Pod, Route, Service } from '../../core/kubernetes.ts';
import { routesOf, type Layer, type Snapshot } from '../../core/snapshot.ts';
import { ApiError } from './api-error.ts';
import type { Cluster } from './connection.ts';
import { kinds } from './kinds.ts';
import { getObject, list, listAgain, readLayer, unlessNotFound } from './layer.ts';
import { joinListings, type Listing } from './listing.ts';
import { mapLimited } from './map-limited.ts';
import { readRoutes } from './routes.ts';
import { selectorText, slicesOf, type Target } from './selections.ts';
import { readServerParts } from './server-clock.ts';

/** The part of a Snapshot that Kubernetes itself can tell. */
export type KubernetesLayers = Pick<
  Snapshot,
  | 'versions'
  | 'serverTime'
  | 'services'
  | 'pods'
  | 'endpointSlices'
  | 'endpoints'
  | 'nodes'
  | 'apisixRoutes'
  | 'ingresses'
  | 'gatewayRoutes'
>;

/** What every rollout changes. */
export type ChangingLayers = Pick<
  KubernetesLayers,
  'services' | 'pods' | 'endpointSlices' | 'endpoints' | 'nodes'
>;

/** The kinds of which there are thousands. */
type ReadBefore = Pick<ChangingLayers, 'pods' | 'endpointSlices'>;

export type Surroundings = Omit<KubernetesLayers, keyof ChangingLayers>;

/** What upstreams can belong to. */
type Owners = { readonly services: readonly Service[]; readonly routes: readonly Route[] };

export type Underway = {
  /** There before the rest: who asks a gateway need not wait for the pods. */
  readonly owners: Promise<Owners>;
  readonly layers: Promise<KubernetesLayers>;
};

function startOwners(cluster: Cluster, target: Target) {
  const services = listServices(cluster, target);
  const routes = readRoutes(cluster, target.namespace);
  const owners = Promise.all([services, routes]).then(([{ items }, found]): Owners => ({
    services: items,
    routes: routesOf(found),
  }));
  return { services, routes, owners };
}

/** The Services and all that belongs to them. A Service that cannot be read throws; any other layer becomes Unread. */
export function startReading(cluster: Cluster, target: Target): Underway {
  const { services, routes, owners } = startOwners(cluster, target);
  // Whoever does not ask for them hears of the same failure from the layers.
  owners.catch(() => undefined);
  const changing = services.then((found) => readAround(cluster, target, found));
  const layers = Promise.all([changing, readServerParts(cluster), routes]).then(
    ([changed, server, found]) => ({ ...changed, ...server, ...found }),
  );
  return { owners, layers };
}

/** Of the same what a verdict may change with, as near to one moment as can be. `before`: what was read of it earlier. */
export async function readChanging(
  cluster: Cluster,
  target: Target,
  before: ReadBefore,
): Promise<ChangingLayers> {
  return readAround(cluster, target, await listServicesAgain(cluster, target), before);
}

async function readAround(
  cluster: Cluster,
  target: Target,
  services: Listing<Service>,
  before: Partial<ReadBefore> = {},
): Promise<ChangingLayers> {
  const [pods, endpointSlices, endpoints, nodes] = await Promise.all([
    readLayer(cluster, listPods(cluster, target, services.items, before.pods)),
    readLayer(cluster, listAgain(cluster, kinds.endpointSlices, slicesOf(target), before.endpointSlices)),
    readLayer(cluster, listEndpoints(cluster, target)),
    readLayer(cluster, list(cluster, kinds.nodes, {})),
  ]);
  return {
    services: { state: 'Read', ...services, source: cluster.server },
    pods,
    endpointSlices,
    endpoints,
    nodes,
  };
}

/** What no rollout changes. */
export async function readSurroundings(
  cluster: Cluster,
  namespace: string | undefined,
): Promise<Surroundings> {
  const [server, routes] = await Promise.all([readServerParts(cluster), readRoutes(cluster, namespace)]);
  return { ...server, ...routes };
}

/** Only the Services and the routes that upstreams of theirs can belong to. A Service that cannot be read throws. */
export function readOwnersOf(cluster: Cluster, target: Target): Promise<Owners> {
  return startOwners(cluster, target).owners;
}

/** Only what upstreams can belong to, of all namespaces: Services, and the routes to them. */
export async function readOwners(
  cluster: Cluster,
): Promise<Pick<KubernetesLayers, 'services' | 'apisixRoutes' | 'ingresses' | 'gatewayRoutes'>> {
  const [services, routes] = await Promise.all([
    readLayer(cluster, list(cluster, kinds.services, {})),
    readRoutes(cluster, undefined),
  ]);
  return { services, ...routes };
}

async function listServices(cluster: Cluster, target: Target): Promise<Listing<Service>> {
  if (target.kind === 'selector') return list(cluster, kinds.services, target);
  const services = await mapLimited(target.names, (name) => getService(cluster, target.namespace, name));
  return joinListings(services.map(asListing));
}

/** As {@link listServices}: of several those that are gone by now are left out. */
async function listServicesAgain(cluster: Cluster, target: Target): Promise<Listing<Service>> {
  if (target.kind === 'selector' || target.names.length === 1) return listServices(cluster, target);
  return listThoseThere(target.names, (name) => getService(cluster, target.namespace, name));
}

/** Where the whole namespace is not there, kubectl says that rather than that the Service is not. */
async function getService(cluster: Cluster, namespace: string, name: string): Promise<Service> {
  const isNotFound = (error: unknown) => error instanceof ApiError && error.status === 404;
  try {
    return await getObject(cluster, kinds.services, { namespace, name });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await cluster.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`).catch((cause: unknown) => {
      if (isNotFound(cause)) throw cause;
    });
    throw error;
  }
}

function asListing<Item extends { readonly resourceVersion: string }>(item: Item): Listing<Item> {
  return { items: [item], resourceVersion: item.resourceVersion };
}

/** Of those with these names. */
async function listThoseThere<Item extends { readonly resourceVersion: string }>(
  names: readonly string[],
  get: (name: string) => Promise<Item>,
): Promise<Listing<Item>> {
  const objects = await mapLimited(names, (name) => unlessNotFound(get(name)));
  return joinListings(objects.filter((object) => object !== undefined).map(asListing));
}

/**
 * By name, one list a selector; a Service without one has no pods of its own. A selector that finds nothing is
 * worth the list of the namespace: the nearest miss is in it.
 */
async function listPods(
  cluster: Cluster,
  target: Target,
  services: readonly Service[],
  before: Layer<Pod> | undefined,
): Promise<Listing<Pod>> {
  const { namespace } = target;
  const selectors = new Set(services.map(({ selector = {} }) => selectorText(selector)));
  selectors.delete('');
  if (selectors.size === 0) return joinListings<Pod>([]);
  const listAll = () => listAgain(cluster, kinds.pods, { namespace }, before);
  if (target.kind === 'selector') return listAll();
  const listings = await mapLimited([...selectors], (labelSelector) =>
    listAgain(cluster, kinds.pods, { namespace, labelSelector }, before),
  );
  if (listings.some(({ items }) => items.length === 0)) return listAll();
  const { items, resourceVersion } = joinListings(listings);
  return { items: [...new Map(items.map((pod) => [pod.uid, pod])).values()], resourceVersion };
}

async function listEndpoints(cluster: Cluster, target: Target): Promise<Listing<Endpoints>> {
  const { namespace } = target;
  if (target.kind === 'selector') return list(cluster, kinds.endpoints, { namespace });
  return listThoseThere(target.names, (name) =>
    getObject(cluster, kinds.endpoints, { namespace: target.namespace, name }),
  );
}
