import { compareText } from './address.ts';
import { groupBy } from './group-by.ts';
import { indexPods } from './index-pods.ts';
import {
  fullName,
  type Endpoints,
  type EndpointSlice,
  type Labels,
  type Node,
  type ObjectMeta,
  type Pod,
  type Route,
  type Service,
} from './kubernetes.ts';
import { oncePer } from './once-per.ts';
import { backendsIn } from './routes.ts';
import {
  gatewayOf,
  itemsOf,
  routesOf,
  type Displaced,
  type GatewayState,
  type Layer,
  type Replica,
  type Snapshot,
  type Upstream,
  type UpstreamService,
} from './snapshot.ts';
import type { Versions } from './versions.ts';

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
  /** The gateway's pods, each with what it holds of this Service. */
  readonly replicas: Layer<Replica>;
  /** Rules of routes to this Service that another route has displaced in the gateway. */
  readonly displaced: readonly (Displaced & { readonly upstream: Upstream })[];
  /** Routes of any kind with a backend in this Service. */
  readonly routes: readonly Route[];
  /** Every pod of the namespace that was read, for near misses of the selector. */
  readonly neighbours: readonly Pod[];
  readonly nodes: NodesByName;
  readonly gatewayGiven: boolean;
  /** All gateways, where there are several. */
  readonly gateways: readonly GatewayState[];
  /** Ports, by number, that another gateway serves, or may serve as far as can be told. */
  readonly servedElsewhere: ReadonlySet<number>;
  /** Upstreams that may be this Service's: the routes they are made for, in its namespace, could not be seen. */
  readonly unowned: readonly Upstream[];
  readonly versions: Versions;
};

/** `undefined` when the Nodes were not read: then no node can be called missing. */
type NodesByName = ReadonlyMap<string, Node> | undefined;

/** How objects of a Snapshot are found by Service; built once, and asked as often as one likes. */
export type ScopeIndex = (service: Service) => Scope;

type Selecting = Service & { readonly selector: Labels };

/** A Service without a selector is filled by hand. An empty selector is none: controllers skip it. */
export function hasSelector(service: Service): service is Selecting {
  return service.selector !== undefined && Object.keys(service.selector).length > 0;
}

/** The selector finds no pod: then those of the namespace tell what it perhaps meant. */
export function matchesNothing({ service, pods }: Scope): boolean {
  const isKnown = hasSelector(service) && service.type !== 'ExternalName';
  return isKnown && pods.state === 'Read' && pods.items.length === 0;
}

function narrow<Item>(layer: Layer<Item>, items: readonly Item[]): Layer<Item> {
  return layer.state === 'Read' ? { ...layer, items } : layer;
}

/** As the API server lists objects. */
function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
}

/** Each once and in an order of their own, so that neither the input's order nor an object read twice ever shows. */
function arranged<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  if (isAscending(items.map(keyOf))) return items;
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}

const identity = (object: ObjectMeta) => `${fullName(object)} ${object.uid}`;

/** The holder of several inline upstreams gives its id to all of them. */
const upstreamIdentity = (upstream: Upstream) =>
  `${upstream.name} ${upstream.id} ${JSON.stringify(upstream)}`;

/** Pods by namespace, and there by selector. */
function podsBySelector(
  byNamespace: ReadonlyMap<string, readonly Pod[]>,
): (service: Selecting) => readonly Pod[] {
  const indexes = new Map([...byNamespace].map(([namespace, pods]) => [namespace, indexPods(pods)]));
  return ({ type, namespace, selector }) =>
    type === 'ExternalName' ? [] : (indexes.get(namespace)?.(selector) ?? []);
}

function byName(nodes: Layer<Node>): NodesByName {
  return nodes.state === 'Read' ? new Map(nodes.items.map((node) => [node.name, node])) : undefined;
}

/** Rules that lost their place, by the Services that they would lead to. */
function groupDisplaced(upstreams: readonly Upstream[]): ReadonlyMap<string, Scope['displaced'][number][]> {
  const all = upstreams.flatMap((upstream) =>
    (upstream.displaced ?? []).map((one) => ({ ...one, upstream })),
  );
  return groupBy(all, ({ service }) => fullName(service));
}

/** Routes by the Services that their rules name. */
function groupRoutes(routes: readonly Route[]): ReadonlyMap<string, Route[]> {
  const byService = routes.flatMap((route) =>
    [...new Set(backendsIn(route).map(fullName))].map((service) => ({ service, route })),
  );
  const groups = groupBy(byService, ({ service }) => service);
  return new Map([...groups].map(([service, pairs]) => [service, pairs.map(({ route }) => route)]));
}

/** Without those that nothing refers to, where the gateway has others for the port: no request passes through them. */
function effective(upstreams: readonly Upstream[]): readonly Upstream[] {
  const isUsed = ({ orphan }: Upstream) => orphan !== 'Unreferenced';
  const portOf = (upstream: Upstream) => `${upstream.service?.port ?? ''} ${gatewayOf(upstream)}`;
  const used = new Set(upstreams.filter(isUsed).map(portOf));
  return upstreams.filter((upstream) => isUsed(upstream) || !used.has(portOf(upstream)));
}

type Owned = { readonly service?: UpstreamService };

/** One layer of a pod of the gateway, by Service. */
function byOwner<Item extends Owned>(layer: Layer<Item>): (service: Service) => Layer<Item> {
  const groups = groupBy(itemsOf(layer), ({ service }) => (service ? fullName(service) : ''));
  return (service) => narrow(layer, groups.get(fullName(service)) ?? []);
}

/** What one pod of the gateway holds, by Service. */
function replicaByOwner(replica: Replica): (service: Service) => Replica {
  const upstreams = byOwner(replica.upstreams);
  const runtime = byOwner(replica.runtime);
  const healthChecks = byOwner(replica.healthChecks);
  return (service) => ({
    ...replica,
    upstreams: narrow(replica.upstreams, arranged(itemsOf(upstreams(service)), upstreamIdentity)),
    runtime: runtime(service),
    healthChecks: healthChecks(service),
  });
}

/**
 * The same of the pods of gateways. Workers do not tell what nothing refers to: their pod's configuration does, and where
 * it is not known, or has the upstream no more, those of the others.
 */
function effectiveReplicas(replicas: readonly Replica[]): readonly Replica[] {
  const pods = replicas.map((replica) => ({ replica, used: effective(itemsOf(replica.upstreams)) }));
  const unused = new Set(
    pods.flatMap(({ replica: { gateway, upstreams }, used }) =>
      itemsOf(upstreams).flatMap((one) => (used.includes(one) ? [] : `${gateway} ${one.id}`)),
    ),
  );
  return pods.map(({ replica, used }) => {
    const isUsed = ({ id, inline }: Pick<Upstream, 'id' | 'inline'>) =>
      inline !== undefined ||
      !unused.has(`${replica.gateway} ${id}`) ||
      used.some((own) => own.inline === undefined && own.id === id);
    return {
      ...replica,
      upstreams: narrow(replica.upstreams, used),
      runtime: narrow(replica.runtime, itemsOf(replica.runtime).filter(isUsed)),
      healthChecks: narrow(replica.healthChecks, itemsOf(replica.healthChecks).filter(isUsed)),
    };
  });
}

function replicasByOwner(layer: Layer<Replica>): (service: Service) => Layer<Replica> {
  const replicas = arranged(itemsOf(layer), ({ name, gateway }) => `${name} ${gateway}`).map(replicaByOwner);
  return (service) => narrow(layer, effectiveReplicas(replicas.map((of) => of(service))));
}

/** Of a Service without a selector no pods are asked for. */
const noPods: Layer<Pod> = { state: 'Read', items: [], resourceVersion: '', source: '' };

export function indexScopes(snapshot: Snapshot): ScopeIndex {
  const pods = groupBy(arranged(itemsOf(snapshot.pods), identity), (pod) => pod.namespace);
  const podsOf = podsBySelector(pods);
  const slices = groupBy(
    arranged(itemsOf(snapshot.endpointSlices), (slice) => `${slice.serviceName} ${identity(slice)}`),
    (slice) => `${slice.namespace}/${slice.serviceName}`,
  );
  const endpoints = groupBy(arranged(itemsOf(snapshot.endpoints), identity), fullName);
  const upstreams = groupBy(itemsOf(snapshot.upstreams), ({ service }) => (service ? fullName(service) : ''));
  const replicas = replicasByOwner(snapshot.replicas);
  const displaced = groupDisplaced(arranged(itemsOf(snapshot.upstreams), upstreamIdentity));
  const routes = groupRoutes(arranged(routesOf(snapshot), (route) => `${route.kind} ${identity(route)}`));
  const unowned = groupBy(
    arranged(itemsOf(snapshot.upstreams), upstreamIdentity),
    ({ unseenRouteIn = '' }) => unseenRouteIn,
  );
  const nodes = byName(snapshot.nodes);
  return oncePer((service: Service) => ({
    service,
    pods: hasSelector(service) ? narrow(snapshot.pods, podsOf(service)) : noPods,
    endpointSlices: narrow(snapshot.endpointSlices, slices.get(fullName(service)) ?? []),
    endpoints: narrow(snapshot.endpoints, endpoints.get(fullName(service)) ?? []),
    upstreams: narrow(
      snapshot.upstreams,
      effective(arranged(upstreams.get(fullName(service)) ?? [], upstreamIdentity)),
    ),
    replicas: replicas(service),
    displaced: displaced.get(fullName(service)) ?? [],
    routes: routes.get(fullName(service)) ?? [],
    neighbours: pods.get(service.namespace) ?? [],
    nodes,
    gatewayGiven: snapshot.gatewayGiven,
    gateways: snapshot.gateways ?? [],
    servedElsewhere: new Set(),
    versions: snapshot.versions,
    unowned: unowned.get(service.namespace) ?? [],
  }));
}
