import { compareText } from './address.ts';
import type { ApisixRoute, Endpoints, EndpointSlice, Labels, Node, Pod, Service } from './kubernetes.ts';
import { itemsOf, type Layer, type Snapshot, type Upstream } from './snapshot.ts';

/** One Service with the objects of a Snapshot that belong to it. */
export type Scope = {
  readonly service: Service;
  /** Pods that the selector matches; empty without a selector. */
  readonly pods: Layer<Pod>;
  readonly endpointSlices: Layer<EndpointSlice>;
  /** The Endpoints object of the Service's name: one or none. */
  readonly endpoints: Layer<Endpoints>;
  /** Upstreams that hold addresses of one of the Service's ports, or did before the port was removed. */
  readonly upstreams: Layer<Upstream>;
  /** ApisixRoutes with a backend in this Service. */
  readonly apisixRoutes: readonly ApisixRoute[];
  /** Every pod of the namespace that was read, for near misses of the selector. */
  readonly neighbours: readonly Pod[];
  readonly nodes: NodesByName;
  readonly gatewayGiven: boolean;
  /** `gitVersion` of the API server; empty when not known. */
  readonly serverVersion: string;
};

/** `undefined` when the Nodes were not read: then no node can be called missing. */
export type NodesByName = ReadonlyMap<string, Node> | undefined;

/** How objects of a Snapshot are found by Service; built once, asked for every Service. */
export type ScopeIndex = (service: Service) => Scope;

/** A Service without a selector is filled by hand. An empty selector is none: controllers skip it. */
export function hasSelector(service: Service): service is Service & { readonly selector: Labels } {
  return service.selector !== undefined && Object.keys(service.selector).length > 0;
}

export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The selector finds no pod: then those of the namespace tell what it perhaps meant. */
export function matchesNothing({ service, pods }: Scope): boolean {
  const isKnown = hasSelector(service) && service.type !== 'ExternalName';
  return isKnown && pods.state === 'Read' && pods.items.length === 0;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function narrow<Item>(layer: Layer<Item>, items: readonly Item[]): Layer<Item> {
  return layer.state === 'Read' ? { ...layer, items } : layer;
}

/** In an order of their own, so that the order of the input never shows. */
function sorted<Item extends { readonly name: string }>(
  layer: Layer<Item>,
  idOf: (item: Item) => string,
): readonly Item[] {
  const keyOf = (item: Item) => `${item.name} ${idOf(item)}`;
  return [...itemsOf(layer)].sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

const full = (object: { readonly namespace: string; readonly name: string }) =>
  `${object.namespace}/${object.name}`;

function podsOf(service: Service, inNamespace: readonly Pod[]): readonly Pod[] {
  if (!hasSelector(service) || service.type === 'ExternalName') return [];
  const { selector } = service;
  return inNamespace.filter((pod) => selects(selector, pod.labels));
}

function byName(nodes: Layer<Node>): NodesByName {
  return nodes.state === 'Read' ? new Map(nodes.items.map((node) => [node.name, node])) : undefined;
}

/** Of a Service without a selector no pods are asked for. */
const noPods: Layer<Pod> = { state: 'Read', items: [], resourceVersion: '', source: '' };

export function indexScopes(snapshot: Snapshot): ScopeIndex {
  const pods = groupBy(
    sorted(snapshot.pods, ({ uid }) => uid),
    (pod) => pod.namespace,
  );
  const slices = groupBy(
    sorted(snapshot.endpointSlices, ({ uid }) => uid),
    (slice) => `${slice.namespace}/${slice.serviceName}`,
  );
  const endpoints = groupBy(itemsOf(snapshot.endpoints), full);
  const upstreams = groupBy(
    sorted(snapshot.upstreams, ({ id }) => id),
    ({ service }) => (service ? full(service) : ''),
  );
  const routes = groupBy(itemsOf(snapshot.apisixRoutes), (route) => route.namespace);
  const nodes = byName(snapshot.nodes);
  return (service) => ({
    service,
    pods: hasSelector(service)
      ? narrow(snapshot.pods, podsOf(service, pods.get(service.namespace) ?? []))
      : noPods,
    endpointSlices: narrow(snapshot.endpointSlices, slices.get(full(service)) ?? []),
    endpoints: narrow(snapshot.endpoints, endpoints.get(full(service)) ?? []),
    upstreams: narrow(snapshot.upstreams, upstreams.get(full(service)) ?? []),
    apisixRoutes: (routes.get(service.namespace) ?? []).filter(({ rules }) =>
      rules.some(({ backends }) => backends.some(({ serviceName }) => serviceName === service.name)),
    ),
    neighbours: pods.get(service.namespace) ?? [],
    nodes,
    gatewayGiven: snapshot.gatewayGiven,
    serverVersion: snapshot.serverVersion,
  });
}
