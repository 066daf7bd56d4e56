import type { LayerName } from '../report.ts';
import type { Component } from '../versions.ts';

/** A program that runs, and its version. */
export type ComponentFact = {
  readonly component: Component;
  /** Of its image's tag, or as the API server says it; absent when neither tells. */
  readonly version?: string;
  /** A URL, or NAMESPACE/NAME of the Deployment. */
  readonly where: string;
};

/** What was read, or why it could not be. */
export type Told<Value> =
  | { readonly state: 'Read'; readonly value: Value; readonly from: string }
  | { readonly state: 'Unread'; readonly reason: string };

/** The objects that a controller makes upstreams of. */
export type WatchedKind = 'Endpoints' | 'EndpointSlices';

/** One Deployment of apisix-ingress-controller. */
export type ControllerFact = {
  readonly namespace: string;
  /** Of the Deployment, else of the pod. */
  readonly name: string;
  /** Names of its pods. */
  readonly pods: readonly string[];
  readonly version?: string;
  /** 1.x writes upstreams itself, 2.x through ADC. */
  readonly generation: '1.x' | '2.x' | 'Unknown';
  readonly reads: Told<WatchedKind>;
  /** The ConfigMap that sets `watch_endpointslices: true`, a key that the program does not know. */
  readonly misspeltIn?: string;
  /** What the ConfigMap asks for by now, where the log says that the program started with something else. */
  readonly configuredSince?: WatchedKind;
  /** How APISIX gets the upstreams: by its admin API, or by reading the controller as if it were an etcd. */
  readonly writesTo: 'AdminApi' | 'EtcdServer' | 'Unknown';
};

/** A key of the admin API that everybody knows. */
export type DefaultKeyFact = {
  readonly role: 'admin' | 'viewer';
  /** `ConfigMap ingress-apisix/apisix`. */
  readonly from: string;
};

/** A way to the admin API from outside of its pod. */
export type ExposureFact =
  | { readonly kind: 'AllowAdmin'; readonly range: string; readonly from: string }
  | {
      readonly kind: 'Service';
      readonly type: string;
      readonly namespace: string;
      readonly name: string;
      readonly port: number;
    };

/** APISIX as it is installed. */
export type GatewayFact = {
  readonly namespace: string;
  readonly name: string;
  /** Whether it looks up nodes in Kubernetes itself, and in which objects; absent when it does not. */
  readonly discovery: Told<WatchedKind | undefined>;
  readonly exposures: readonly ExposureFact[];
};

/** Whether the user has one of the permissions that commands need. */
export type PermissionFact = {
  readonly permission: Permission;
  /** Empty for all namespaces, and for what has none. */
  readonly namespace: string;
  readonly allowed: 'Yes' | 'No' | 'Unknown';
  /** Why it is Unknown. */
  readonly reason?: string;
};

export type Permission = {
  readonly verb: 'get' | 'list' | 'watch' | 'create';
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** The first version of the API server that asks for it. */
  readonly since?: string;
  /** Where it is asked for. */
  readonly scope: 'Namespace' | 'Gateway' | 'Cluster';
  readonly layer: LayerName | 'Service';
  /** Error: a command fails. Warning: a layer is Unread. Info: a finding or a detail is missing. */
  readonly severity: 'Error' | 'Warning' | 'Info';
  /** Commands that use it. */
  readonly usedBy: readonly string[];
  /** What is lost: a clause. */
  readonly without: string;
};

/** Everything that `doctor` has read. */
export type DoctorFacts = {
  /** RFC 3339. */
  readonly observedAt: string;
  readonly components: readonly ComponentFact[];
  readonly controllers: readonly ControllerFact[];
  readonly gateways: readonly GatewayFact[];
  readonly defaultKeys: readonly DefaultKeyFact[];
  readonly permissions: readonly PermissionFact[];
  /** ms by which this machine's clock is ahead of the API server's; to the second. Absent when it did not tell. */
  readonly clockAheadMs?: number;
  /** What could not be looked at, in clauses. */
  readonly unread: readonly string[];
};
