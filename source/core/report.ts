/** The report of one Service: the stable, versioned output of `diff` (`eps/v1`). Documented by schema/report.json. */

export type Status = 'Synced' | 'Drift' | 'Unknown';

export type Severity = 'Error' | 'Warning' | 'Info';

/** The layers in the order in which truth travels. */
export const layerNames = [
  'Pods',
  'EndpointSlices',
  'Endpoints',
  'Upstream',
  'Runtime',
  'HealthCheck',
] as const;

export type LayerName = (typeof layerNames)[number];

/** Those of a gateway. */
export const gatewayLayers = ['Upstream', 'Runtime', 'HealthCheck'] as const;

export type GatewayLayer = (typeof gatewayLayers)[number];

/** What a layer holds of one address. Gateway layers know Present and Absent only. */
export type AddressState = 'Ready' | 'NotReady' | 'Terminating' | 'Present' | 'Absent' | 'Unread';

export type LayerSummary = {
  readonly name: LayerName;
  readonly state: 'Read' | 'Unread' | 'Absent';
  /** Why the layer is Unread. */
  readonly reason?: string;
  /** How many Kubernetes or gateway objects hold the addresses. */
  readonly objects?: number;
  /** Distinct ip:port, ready or not; for Pods: pods. */
  readonly addresses?: number;
  /** Those of `addresses` that are ready; for gateway layers all nodes. */
  readonly ready?: number;
  /** HealthCheck alone: those of `addresses` that every pod which probes them finds well. */
  readonly healthy?: number;
  readonly resourceVersion?: string;
  readonly source?: string;
};

export type ReportFinding = {
  readonly code: string;
  readonly severity: Severity;
  readonly layer: LayerName | 'Service';
  /** The Service port's name, else its number; absent when several ports are touched or none. */
  readonly port?: string;
  /** How many addresses (pods where there are no addresses). */
  readonly count: number;
  readonly addresses: readonly string[];
  /** Names of pods, where the finding is about pods rather than addresses. */
  readonly pods?: readonly string[];
  /** Name of the upstream, else its id. */
  readonly upstream?: string;
  /** Which gateway, where there are several or the finding is about its pods. */
  readonly gateway?: string;
  /** NAMESPACE/POD of the gateway, where the finding is about one. */
  readonly replica?: string;
  readonly message: string;
  /** A command to type. */
  readonly hint: string;
  /** Threads behind the finding, as `owner/repository#number`. */
  readonly references: readonly string[];
  /** Of an Error or Warning that was read live: whether it outlasted a second reading. */
  readonly confirmation?: Confirmation;
};

/** Settling: layers involved are still changing, so it may be no more than the time that truth takes to travel. */
type Confirmation = {
  readonly state: 'Confirmed' | 'Settling';
  /** RFC 3339: from then on every reading saw it as it is. */
  readonly since: string;
};

export type AddressRow = {
  readonly address: string;
  readonly pod?: string;
  readonly node?: string;
  readonly zone?: string;
  /** Absent layers have no entry. */
  readonly in: Readonly<Partial<Record<LayerName, AddressState>>>;
  /** Of several gateways each by its name; `in` has what is wrong in any of them. */
  readonly gateways?: Readonly<Record<string, Readonly<Partial<Record<GatewayLayer, AddressState>>>>>;
  /** The first layer that does not hold what it should. */
  readonly firstDivergence?: LayerName;
  /** The code of the finding that explains it. */
  readonly because?: string;
};

/** One of several gateways that serve the Service, or may. */
export type GatewaySummary = {
  /** The IngressClass or GatewayClass that leads to it, else its namespace, or NAMESPACE/RELEASE. */
  readonly name: string;
  /** Upstream, and with its pods Runtime and HealthCheck, in this gateway alone. */
  readonly layers: readonly LayerSummary[];
};

/** One pod of the gateway beside the others. */
export type ReplicaSummary = {
  readonly gateway: string;
  /** NAMESPACE/POD. */
  readonly name: string;
  /** Of the addresses that its workers use for the Service: the same for the same addresses. */
  readonly digest?: string;
  /** It uses other addresses than most pods of its gateway, or than those that are right. */
  readonly outlier: boolean;
  /** Upstream, Runtime and HealthCheck of this pod alone. */
  readonly layers: readonly LayerSummary[];
};

export type ServiceReport = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'ServiceReport';
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly status: Status;
  /** RFC 3339. */
  readonly observedAt: string;
  readonly layers: readonly LayerSummary[];
  /** Absent where the cluster has one gateway, or none serves the Service. */
  readonly gateways?: readonly GatewaySummary[];
  /** Outliers first; absent unless every pod of the gateway was asked. */
  readonly replicas?: readonly ReplicaSummary[];
  readonly findings: readonly ReportFinding[];
  readonly addresses: readonly AddressRow[];
  /** Of files: what shows that their layers are of different moments. */
  readonly caveats?: readonly string[];
  /** With `--at-replicas`: what Endpoints would lack. */
  readonly atReplicas?: CutAtReplicas;
};

/** An address that Endpoints would lack: whatever IPs new pods get, or only if enough of them sort before it. */
export type CutAddress = {
  readonly address: string;
  readonly pod?: string;
  readonly cut: 'Certain' | 'Possible';
};

/** Who would be cut from Endpoints if the Service had so many ready pods. */
export type CutAtReplicas = {
  readonly replicas: number;
  /** How many addresses are beyond the 1000 of Endpoints, those of new pods among them. */
  readonly count: number;
  /** Of today's pods, in the text order of their IPs within each subset. */
  readonly addresses: readonly CutAddress[];
};

export type ServiceReportList = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'ServiceReportList';
  readonly items: readonly ServiceReport[];
};

/** A report without its addresses: they are counted in the layers and findings. */
export type ServiceSummary = Pick<ServiceReport, 'metadata' | 'status' | 'layers' | 'replicas'> & {
  readonly findings: readonly Pick<
    ReportFinding,
    'code' | 'severity' | 'layer' | 'port' | 'count' | 'message' | 'hint'
  >[];
};

/** The output of `list`: Drift, then Unknown, then Synced, each by namespace and name. */
export type ServiceSummaryList = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'ServiceSummaryList';
  /** RFC 3339: of the one reading that it rests on. */
  readonly observedAt: string;
  readonly items: readonly ServiceSummary[];
};

export type NodeRow = { readonly address: string; readonly weight: number; readonly priority: number };

/** One upstream as the gateway has it. */
export type UpstreamItem = {
  /** `apisix`; of several gateways as in reports. */
  readonly gateway: string;
  /** NAMESPACE/POD whose workers use it so; absent unless every pod was asked. */
  readonly replica?: string;
  /** Of its nodes: the same for the same nodes. */
  readonly digest?: string;
  readonly id: string;
  readonly name: string;
  readonly source: 'Controller' | 'Manual' | 'Discovery' | 'Unknown';
  /** Absent when it belongs to no known Service. */
  readonly service?: { readonly namespace: string; readonly name: string; readonly port: number };
  /** Ids; absent when the routes were not read. */
  readonly routes?: readonly string[];
  /** What it gets of the requests to a gateway object that splits them by weight; absent when it gets all. */
  readonly shares?: readonly {
    readonly of: { readonly kind: 'Route' | 'Service'; readonly id: string };
    readonly weight: number;
    readonly total: number;
  }[];
  /** Made by the controller, and nothing refers to it (`Unreferenced`), or its Service is gone (`NoService`). */
  readonly orphan?: 'Unreferenced' | 'NoService';
  /** The object that holds it inside, instead of referring to it. */
  readonly inline?: { readonly kind: 'Route' | 'Service'; readonly id: string };
  /** Absent when the gateway looks them up elsewhere: `unread` says where. */
  readonly nodes?: readonly NodeRow[];
  readonly unread?: string;
  /**
   * Of the nodes that the pod's health checks probe those that are well, or why that is not known; absent without
   * health checks, and unless every pod was asked.
   */
  readonly healthCheck?: { readonly healthy: number; readonly nodes: number } | { readonly unread: string };
};

/** The output of `upstream`. Documented by schema/report.json too. */
export type UpstreamList = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'UpstreamList';
  readonly items: readonly UpstreamItem[];
};

/** The weight of a node has changed; of one that is there twice it is the sum. */
export type WeightChange = { readonly address: string; readonly from: number; readonly to: number };

/**
 * One line of `upstream -w`: an upstream that was there when the watch began, has appeared, has other nodes or weights
 * than before, or is gone; or a gateway (a pod of it, where every pod is asked) that cannot be read, or can be again.
 */
export type UpstreamEvent = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'UpstreamEvent';
  /** RFC 3339: when the gateway was read. */
  readonly at: string;
} & (
  | {
      readonly type: 'Present' | 'Appeared' | 'Changed' | 'Gone';
      /** As it is now; of one that is gone as it was. */
      readonly upstream: UpstreamItem;
      /** Addresses of nodes. */
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly weights: readonly WeightChange[];
    }
  | {
      readonly type: 'Unread';
      readonly gateway: string;
      /** NAMESPACE/POD; absent where it is the gateway as a whole. */
      readonly replica?: string;
      readonly reason: string;
    }
  | { readonly type: 'Read'; readonly gateway: string; readonly replica?: string }
);
