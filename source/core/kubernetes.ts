import type { IpFamily } from './address.ts';

/** The fields of Kubernetes objects that the judge reads, flattened; everything else is left behind at the door. */

export type ObjectMeta = {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Opaque; equal values mean an unchanged object. */
  readonly resourceVersion: string;
  /** RFC 3339, by the API server's clock: the last write that it has noted; absent where managedFields are not shown. */
  readonly changedAt?: string;
};

export type Labels = Readonly<Record<string, string>>;

export type ServicePort = {
  /** Empty when the Service's only port is unnamed. */
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** A number, or the name of a container port that each pod resolves for itself. */
  readonly targetPort: number | string;
};

export type Service = ObjectMeta & {
  readonly labels: Labels;
  readonly type: string;
  /** Absent or empty: nobody but a human (or another controller) fills Endpoints. */
  readonly selector?: Labels;
  /** `None` for a headless Service. */
  readonly clusterIP?: string;
  readonly externalName?: string;
  readonly ports: readonly ServicePort[];
  readonly publishNotReadyAddresses: boolean;
  /** In the Service's order: the first one is the one Endpoints holds. */
  readonly ipFamilies: readonly IpFamily[];
};

export type ContainerPort = {
  readonly name: string;
  readonly containerPort: number;
  readonly protocol: string;
};

export type Pod = ObjectMeta & {
  readonly labels: Labels;
  readonly nodeName?: string;
  /** Pending, Running, Succeeded, Failed or Unknown. */
  readonly phase: string;
  /** The `Ready` condition is `True`. */
  readonly ready: boolean;
  /** `metadata.deletionTimestamp` is set. */
  readonly terminating: boolean;
  /** `status.podIPs`, canonical; `status.podIP` when there is no list. */
  readonly podIPs: readonly string[];
  /** Named ports of containers and of restartable init containers, in the order of the spec. */
  readonly namedPorts: readonly ContainerPort[];
  /** `spec.hostNetwork`: its IPs are those of its Node, which other such pods there have too. */
  readonly hostNetwork?: boolean;
};

export type TargetRef = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
};

export type EndpointPort = { readonly name: string; readonly port?: number; readonly protocol: string };

export type SliceEndpoint = {
  /** Canonical; for host names (`addressType: FQDN`) in lower case. */
  readonly addresses: readonly string[];
  /** Unset conditions keep their documented meaning: `ready` and `serving` unset mean true. */
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly nodeName?: string;
  readonly zone?: string;
  readonly targetRef?: TargetRef;
};

/** Values of the label `endpointslice.kubernetes.io/managed-by` of Kubernetes' own controllers. */
export const sliceController = 'endpointslice-controller.k8s.io';
export const mirroringController = 'endpointslicemirroring-controller.k8s.io';

export type EndpointSlice = ObjectMeta & {
  /** From the label `kubernetes.io/service-name`. */
  readonly serviceName: string;
  /** From the label `endpointslice.kubernetes.io/managed-by`; empty when a human made it. */
  readonly managedBy: string;
  /** RFC 3339; absent from what was never on a server. */
  readonly createdAt?: string;
  /** The controlling owner: the Service, or for a mirror the Endpoints. */
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string };
  /** `metadata.deletionTimestamp` is set. */
  readonly terminating: boolean;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly SliceEndpoint[];
};

export type EndpointAddress = {
  readonly ip: string;
  readonly nodeName?: string;
  readonly targetRef?: TargetRef;
};

export type EndpointSubset = {
  readonly addresses: readonly EndpointAddress[];
  readonly notReadyAddresses: readonly EndpointAddress[];
  readonly ports: readonly EndpointPort[];
};

export type Endpoints = ObjectMeta & {
  /** The annotation `endpoints.kubernetes.io/over-capacity`: `truncated` since 1.22, `warning` in 1.21. */
  readonly overCapacity?: string;
  /** The label `endpointslice.kubernetes.io/skip-mirror`: no slices are made of this object. */
  readonly skipMirror: boolean;
  readonly subsets: readonly EndpointSubset[];
};

export type Node = {
  readonly name: string;
  readonly zone?: string;
  /** The `Ready` condition is not `False` or `Unknown`: a node that says nothing is not accused. */
  readonly ready: boolean;
};

/** A v1 Event: what a controller or a kubelet wrote down about an object. */
export type ClusterEvent = {
  /** RFC 3339: when it happened last. */
  readonly at: string;
  /** `Normal` or `Warning`. */
  readonly type: string;
  readonly reason: string;
  /** KIND/NAME of what it is about: `Pod/httpbin-1`. */
  readonly object: string;
  readonly message: string;
  /** How often it happened. */
  readonly count: number;
};

/** A Service as a route names it. */
export type RouteBackend = {
  readonly serviceName: string;
  /** Its port's number or name. */
  readonly servicePort: number | string;
  /** Where it is not the route's own. */
  readonly namespace?: string;
  /** A label subset of the ApisixUpstream of the Service's name. */
  readonly subset?: string;
  /** `service`: by the ClusterIP, not by the pods. */
  readonly granularity?: 'service';
  /** Its share of the requests, beside those of the other backends; absent when not said. */
  readonly weight?: number;
};

export type RouteRule = {
  /** `spec.http[].name`; of an Ingress the positions of rule and path: `0-1`. */
  readonly name: string;
  readonly backends: readonly RouteBackend[];
  /** TCP or UDP, of a rule in `spec.stream`. */
  readonly protocol?: string;
};

/** What an ApisixRoute says about Services: its rules in the order of `spec.http`, then of `spec.stream`. */
export type ApisixRoute = ObjectMeta & { readonly rules: readonly RouteRule[] };

export const gatewayRouteKinds = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'UDPRoute', 'TLSRoute'] as const;

export type RouteKind = 'ApisixRoute' | 'Ingress' | (typeof gatewayRouteKinds)[number];

/** What any kind of route says about Services. */
export type Route = ApisixRoute & {
  readonly kind: RouteKind;
  /** `spec.ingressClassName` of an Ingress, or its annotation; absent when it has neither. */
  readonly className?: string;
};

/** `namespace/name`, which no other object of its kind has. */
export function fullName({ namespace, name }: Pick<ObjectMeta, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** `namespace/name:80`: one port of a Service, by its number. */
export function portName(service: Parameters<typeof fullName>[0] & { readonly port: number }): string {
  return `${fullName(service)}:${service.port}`;
}
