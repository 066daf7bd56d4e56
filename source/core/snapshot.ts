import type {
  ApisixRoute,
  Endpoints,
  EndpointSlice,
  Node,
  Pod,
  Route,
  RouteKind,
  Service,
} from './kubernetes.ts';
import type { Versions } from './versions.ts';

/**
 * What one source gave for one kind of object. `Unread` was asked for and could not be had: it is never
 * taken for empty. `Absent` was never there to be asked.
 */
export type Layer<Item> =
  | {
      readonly state: 'Read';
      readonly items: readonly Item[];
      /** Of the list, or empty when the source has none (files, the gateway). */
      readonly resourceVersion: string;
      /** Where it was read: a server, a file, a pod; for people. */
      readonly source: string;
    }
  | { readonly state: 'Unread'; readonly reason: string; readonly source: string }
  | { readonly state: 'Absent' };

export type UpstreamNode = {
  /** Canonical IP, or a host name. */
  readonly host: string;
  readonly port?: number;
  readonly weight: number;
  readonly priority: number;
};

/** The Service port whose addresses an upstream should hold, by the gateway's own rules of naming. */
export type UpstreamService = {
  readonly namespace: string;
  readonly name: string;
  /** The Service port's number. */
  readonly port: number;
  /** The label subset of an ApisixUpstream: only some of the pods belong here. */
  readonly subset?: string;
  /** `service`: the one node is the Service's ClusterIP, not its pods. */
  readonly granularity: 'endpoint' | 'service';
};

/** The nodes of an upstream; `Unread` when the gateway looks them up elsewhere (service discovery). */
export type UpstreamNodes =
  | { readonly state: 'Read'; readonly items: readonly UpstreamNode[] }
  | { readonly state: 'Unread'; readonly reason: string };

/** Who wrote an upstream: the ingress controller, a person, or nobody (the gateway discovers the nodes itself). */
export type UpstreamSource = 'Controller' | 'Manual' | 'Discovery';

/** A part of the requests that reach the gateway's object: `weight` of all the weights in its `traffic-split`. */
export type Share = {
  readonly of: { readonly kind: 'Route' | 'Service'; readonly id: string };
  readonly weight: number;
  /** Sum of the weights. */
  readonly total: number;
};

/** A route object of Kubernetes. */
export type RouteName = { readonly kind: RouteKind; readonly namespace: string; readonly name: string };

/** A rule whose place in the gateway another route has taken: both got one id there, and the last writer wins. */
export type Displaced = {
  readonly route: RouteName;
  readonly by: RouteName;
  /** Where the rule would have led to. */
  readonly service: UpstreamService;
};

/** How the gateway looks the nodes up itself, without the controller. */
export type Discovery = {
  /** Who is asked: `kubernetes`, `dns` ... */
  readonly type: string;
  /** The key of the look-up, as the upstream spells it. */
  readonly serviceName: string;
  /** How it is spelled rightly; absent when it is. */
  readonly shouldBe?: string;
  /** The gateway is told to read EndpointSlices, not Endpoints; absent when not known. */
  readonly wantsSlices?: boolean;
  /** It files what it reads under the names of slices, where no upstream looks. */
  readonly keyedBySlice?: boolean;
};

/**
 * An upstream of the controller that nothing uses: no route leads to it (`Unreferenced`), or the Service or the port
 * that it was made for is gone (`NoService`).
 */
export type Orphan = 'Unreferenced' | 'NoService';

/** One upstream of the gateway. */
export type Upstream = {
  /** Whose it is, where there are several gateways; {@link gatewayOf} tells of all. */
  readonly gateway?: string;
  /** Of an inline upstream: the id of the object that holds it. */
  readonly id: string;
  /** Empty when it has none. */
  readonly name: string;
  readonly source: UpstreamSource;
  /** How the nodes are spoken to; APISIX takes `http` when none is said. */
  readonly scheme?: string;
  readonly nodes: UpstreamNodes;
  /** RFC 3339: APISIX' `update_time`. */
  readonly updatedAt?: string;
  /** Ids of the routes that lead to it; absent when the routes were not read. */
  readonly routes?: readonly string[];
  /** The gateway's object that holds it inside, instead of referring to it. */
  readonly inline?: { readonly kind: 'Route' | 'Service'; readonly id: string };
  /** The id of an upstream object that looks right and that nothing refers to: this one is used instead. */
  readonly shadows?: string;
  /** Absent: it belongs to no Service that is known. */
  readonly service?: UpstreamService;
  /** By `traffic-split`; absent where it gets all requests, or none is known. */
  readonly shares?: readonly Share[];
  /** Rules that lost their place to the one that this upstream is for. */
  readonly displaced?: readonly Displaced[];
  readonly discovery?: Discovery;
  readonly orphan?: Orphan;
  /** The namespace of the route that it is named after, of which nothing is known: so its Service is not known either. */
  readonly unseenRouteIn?: string;
};

/** An upstream as the workers of one pod have it. */
export type RuntimeUpstream = Upstream & {
  /** Of the write that they know: etcd's revision, or the `*_conf_version` of a standalone pod. */
  readonly revision?: number;
};

export type HealthCheckNode = {
  /** Canonical IP, or a host name. */
  readonly host: string;
  readonly port?: number;
  readonly healthy: boolean;
};

/** What the health checker of one upstream probes; `Unread` before the first request through the upstream. */
export type HealthCheck = {
  /** The upstream's id. */
  readonly id: string;
  /** As the upstream's. */
  readonly inline?: NonNullable<Upstream['inline']>;
  readonly nodes:
    | { readonly state: 'Read'; readonly items: readonly HealthCheckNode[] }
    | { readonly state: 'Unread'; readonly reason: string };
  /** As the upstream's. */
  readonly service?: UpstreamService;
};

/** One pod of the gateway. */
export type Replica = {
  /** As {@link gatewayOf} an upstream. */
  readonly gateway: string;
  /** NAMESPACE/POD. */
  readonly name: string;
  /**
   * It has a configuration of its own, that each pod must be sent; else all pods read that of one etcd, as is taken of those
   * whose control API does not tell.
   */
  readonly isStandalone: boolean;
  /** What it is configured with: the admin API. */
  readonly upstreams: Layer<Upstream>;
  /** What its workers use: the control API. */
  readonly runtime: Layer<RuntimeUpstream>;
  readonly healthChecks: Layer<HealthCheck>;
};

/** One of several gateways. */
export type GatewayState = {
  /** The IngressClass or GatewayClass that leads to it, else its namespace, or NAMESPACE/RELEASE. */
  readonly name: string;
  /** Where it was read, for people. */
  readonly source: string;
  /** Why it could not be read; absent when it was. */
  readonly reason?: string;
};

/**
 * Everything that was read, in one JSON-safe value: the live input, the snapshot file, the test fixture.
 * It may hold one Service or a whole cluster.
 */
export type Snapshot = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'Snapshot';
  /** RFC 3339, the moment the reading ended. */
  readonly takenAt: string;
  /** RFC 3339, to the second: the API server's own clock as the reading began; absent where it does not tell. */
  readonly serverTime?: string;
  readonly versions: Versions;
  readonly services: Layer<Service>;
  readonly pods: Layer<Pod>;
  readonly endpointSlices: Layer<EndpointSlice>;
  readonly endpoints: Layer<Endpoints>;
  readonly nodes: Layer<Node>;
  readonly apisixRoutes: Layer<ApisixRoute>;
  readonly ingresses: Layer<Route>;
  /** Routes of the Gateway API, of all its kinds. */
  readonly gatewayRoutes: Layer<Route>;
  /** What the gateway is configured with; where every pod was asked, by the first that told. */
  readonly upstreams: Layer<Upstream>;
  /** Absent unless every pod of the gateway was asked. */
  readonly replicas: Layer<Replica>;
  /** All of them, where there are several: the layers hold what those told that could be read. */
  readonly gateways?: readonly GatewayState[];
  /** The gateway was named by hand (a file, a flag), and so was each Service: an upstream is expected to be there. */
  readonly gatewayGiven: boolean;
};

/** The name of the gateway that has an upstream: `apisix` where it is the only one. */
export function gatewayOf({ gateway = 'apisix' }: Pick<Upstream, 'gateway'>): string {
  return gateway;
}

/**
 * The items of a layer, or the nodes of an upstream, that were read; none otherwise. Ask for `state` where empty and
 * unknown differ.
 */
export function itemsOf<Item>(
  layer:
    { readonly state: 'Read'; readonly items: readonly Item[] } | { readonly state: 'Unread' | 'Absent' },
): readonly Item[] {
  return layer.state === 'Read' ? layer.items : [];
}

/** The routes of every kind that was read. */
export function routesOf(
  layers: Pick<Snapshot, 'apisixRoutes' | 'ingresses' | 'gatewayRoutes'>,
): readonly Route[] {
  return [
    ...itemsOf(layers.apisixRoutes).map((route) => ({ kind: 'ApisixRoute' as const, ...route })),
    ...itemsOf(layers.ingresses),
    ...itemsOf(layers.gatewayRoutes),
  ];
}
