import { asRecord, asText, optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { Endpoints, EndpointSlice, Labels, Node, Pod, Service } from '../../core/kubernetes.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Versions } from '../../core/versions.ts';
import { ApiError } from './api-error.ts';
import type { Cluster } from './connection.ts';
import { joinListings, list, readLayer, unlessNotFound } from './layer.ts';
import type { Listing } from './layer.ts';
import { mapLimited } from './map-limited.ts';
import {
  parseEndpoints,
  parseEndpointSlice,
  parseNode,
  parsePod,
  parseService,
  serviceNameLabel,
} from './objects.ts';
import { listPath, objectPath, resources } from './paths.ts';
import { readRoutes } from './routes.ts';

/** Which Services. */
export type Target =
  | { readonly kind: 'names'; readonly namespace: string; readonly names: readonly string[] }
  /** Without a namespace in all; an empty selector takes every Service. */
  | { readonly kind: 'selector'; readonly namespace: string | undefined; readonly labelSelector: string };

/** The part of a Snapshot that Kubernetes itself can tell. */
export type KubernetesLayers = Pick<
  Snapshot,
  | 'versions'
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

/** The Services and all that belongs to them. A Service that cannot be read throws; any other layer becomes Unread. */
export async function readServices(cluster: Cluster, target: Target): Promise<KubernetesLayers> {
  const [changing, versions, routes] = await Promise.all([
    readChanging(cluster, target),
    readVersions(cluster),
    readRoutes(cluster, target.namespace),
  ]);
  return { ...changing, versions, ...routes };
}

/** Of the same what a verdict may change with, as near to one moment as can be. */
export async function readChanging(cluster: Cluster, target: Target): Promise<ChangingLayers> {
  const services = await listServices(cluster, target);
  const [pods, endpointSlices, endpoints, nodes] = await Promise.all([
    readLayer(cluster, listPods(cluster, target, services.items)),
    readLayer(cluster, listSlices(cluster, target)),
    readLayer(cluster, listEndpoints(cluster, target)),
    readLayer<Node>(cluster, list(cluster, { path: '/api/v1/nodes' }, parseNode)),
  ]);
  return {
    services: { state: 'Read', ...services, source: cluster.server },
    pods,
    endpointSlices,
    endpoints,
    nodes,
  };
}

/** Only what upstreams can belong to, of all namespaces: Services, and the routes to them. */
export async function readOwners(
  cluster: Cluster,
): Promise<Pick<KubernetesLayers, 'services' | 'apisixRoutes' | 'ingresses' | 'gatewayRoutes'>> {
  const path = listPath(resources.services, undefined);
  const [services, routes] = await Promise.all([
    readLayer(cluster, list(cluster, { path }, parseService)),
    readRoutes(cluster, undefined),
  ]);
  return { services, ...routes };
}

async function listServices(cluster: Cluster, target: Target): Promise<Listing<Service>> {
  if (target.kind === 'selector') {
    const path = listPath(resources.services, target.namespace);
    return list(cluster, { path, labelSelector: target.labelSelector }, parseService);
  }
  const services = await mapLimited(target.names, (name) => getService(cluster, target.namespace, name));
  return joinListings(services.map(asListing));
}

/** Where the whole namespace is not there, kubectl says that rather than that the Service is not. */
async function getService(cluster: Cluster, namespace: string, name: string): Promise<Service> {
  const isNotFound = (error: unknown) => error instanceof ApiError && error.status === 404;
  try {
    return parseService(await cluster.get(objectPath(resources.services, namespace, name)));
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

/**
 * By name, one list a selector; a Service without one has no pods of its own. A selector that finds nothing is
 * worth the list of the namespace: the nearest miss is in it.
 */
async function listPods(
  cluster: Cluster,
  target: Target,
  services: readonly Service[],
): Promise<Listing<Pod>> {
  const path = listPath(resources.pods, target.namespace);
  const selectors = new Set(services.map(({ selector = {} }) => selectorText(selector)));
  selectors.delete('');
  if (selectors.size === 0) return joinListings<Pod>([]);
  const listAll = () => list(cluster, { path }, parsePod);
  if (target.kind === 'selector') return listAll();
  const listings = await mapLimited([...selectors], (labelSelector) =>
    list(cluster, { path, labelSelector }, parsePod),
  );
  if (listings.some(({ items }) => items.length === 0)) return listAll();
  const { items, resourceVersion } = joinListings(listings);
  return { items: [...new Map(items.map((pod) => [pod.uid, pod])).values()], resourceVersion };
}

function selectorText(selector: Labels): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function listSlices(cluster: Cluster, target: Target): Promise<Listing<EndpointSlice>> {
  const path = listPath(resources.endpointSlices, target.namespace);
  const labelSelector =
    target.kind === 'names' ? `${serviceNameLabel} in (${target.names.join(',')})` : serviceNameLabel;
  return list(cluster, { path, labelSelector }, parseEndpointSlice);
}

/** Endpoints carry their Service's name, and no label that tells it. */
async function listEndpoints(cluster: Cluster, target: Target): Promise<Listing<Endpoints>> {
  if (target.kind === 'selector') {
    return list(cluster, { path: listPath(resources.endpoints, target.namespace) }, parseEndpoints);
  }
  const objects = await mapLimited(target.names, (name) =>
    unlessNotFound(cluster.get(objectPath(resources.endpoints, target.namespace, name))),
  );
  const found = objects.filter((object) => object !== undefined);
  return joinListings(found.map((object) => asListing(parseEndpoints(object))));
}

/** Only words in a report depend on it: without when the server does not tell. */
async function readVersions(cluster: Cluster): Promise<Versions> {
  try {
    return optional('kubernetes', asText(asRecord(await cluster.get('/version'))['gitVersion']));
  } catch (error) {
    if (error instanceof EpsError) return {};
    throw error;
  }
}
