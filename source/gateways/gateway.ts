import type { Duplex } from 'node:stream';
import type { Route, Service } from '../core/kubernetes.ts';
import type { Snapshot, Upstream } from '../core/snapshot.ts';
import type { Versions } from '../core/versions.ts';

/**
 * The cluster as a gateway sees it: the JSON of one GET. What is thrown carries the HTTP `status` when it was
 * the API server that answered.
 */
export type KubeApi = {
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<unknown>;
};

export type PodName = { readonly namespace: string; readonly name: string };

type Command = {
  readonly argv: readonly string[];
  /** One line for its standard input. */
  readonly input: string;
  /** Of its output. */
  readonly maxBytes: number;
};

/** Runs a command in a pod. Aborting gives it up. */
export type Exec = (
  pod: PodName & { readonly container?: string },
  command: Command,
  signal: AbortSignal,
) => Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>;

/** A connection to a pod's port; who asks destroys it. Aborting gives up what is not connected yet. */
type Dial = (pod: PodName, port: number, signal: AbortSignal) => Promise<Duplex>;

/** One line for people. */
export type Notice = (text: string) => void;

/** What reading a gateway needs from outside. */
export type Surroundings = {
  readonly kube: KubeApi;
  readonly dial: Dial;
  readonly exec: Exec;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => Promise<string>;
  /** Takes what is read and with whose key, or why nothing is. */
  readonly notice: Notice;
};

/** Where a gateway is, and the key to it: what the flags say that are named after its kind. */
export type Location = {
  readonly url?: string;
  /** `any`: those that are found. */
  readonly pod?: PodName | 'any';
  /** How pods are reached; by port-forward when not given. */
  readonly via?: 'exec';
  readonly keyFile?: string;
  readonly keySecret?: { readonly namespace: string; readonly name: string; readonly key: string };
};

/** How a gateway is read; without a location it is looked for, and need not be there. */
export type GatewayOptions = Location & {
  /** Where the Services are: looked into when the right to look everywhere is missing. */
  readonly namespace: string;
  /** ms for one answer. */
  readonly timeoutMs: number;
  /** Of very many Services: then a list costs less than asking for each. */
  readonly everything: boolean;
  /** The user says that there is a gateway: else it need not be there, and is not worth a list. */
  readonly isGiven: boolean;
  /** Every pod of it, side by side. */
  readonly allReplicas: boolean;
};

/** What the cluster knows, to tell whose an upstream is. */
export type Known = {
  readonly services: readonly Service[];
  readonly routes: readonly Route[];
  /** `services` are all there are in the cluster: an upstream for another one is orphaned. */
  readonly isWhole?: boolean;
};

/** What a gateway tells; `replicas` is Absent unless every pod was to be asked. */
export type Told = Pick<Snapshot, 'upstreams' | 'replicas'> & {
  /** Why it is left out of the judgement where another gateway could be read; for people. */
  readonly dispensable?: string;
};

/** Upstreams whosoever they are: all of them, or the one of an id or name. */
export type Question = {
  readonly known: () => Promise<Known>;
  readonly id?: string;
  /** Those that are wanted: pods are asked for no others. */
  readonly pick: (upstreams: readonly Upstream[]) => readonly Upstream[];
};

/** Where an upstream lies in the gateway: under its own id, or inside the object that holds it. */
export type Place = Pick<Upstream, 'id' | 'inline'>;

/** Upstreams that were read before: those that lay in these places, and those that the Services should have by now. */
type Again = {
  readonly known: Known;
  readonly had: readonly Place[];
  /** What was Unread then stays so: who hangs would cost its time again. Absent where that is worth it. */
  readonly before?: Told;
  /** As in a {@link Question}; absent where only those of the Services are wanted. */
  readonly pick?: Question['pick'];
};

/** One gateway that can be asked; whether it answers is known with each reading. */
export type Gateway = {
  /** Of its kind, where it is the only one; each of several has its own. */
  readonly name: string;
  /** Of what runs there. */
  readonly versions: Versions;
  /** The upstreams of the Services that are known. */
  readonly read: (known: Known) => Promise<Told>;
  /** Reads again by ids, and lists nothing. */
  readonly again: (again: Again) => Promise<Told>;
  readonly list: (question: Question) => Promise<Told>;
  /** Gives up what is under way. */
  readonly close: () => void;
};

export type Opened =
  | { readonly state: 'Open'; readonly gateways: readonly Gateway[] }
  | { readonly state: 'Unread'; readonly reason: string; readonly source: string }
  | { readonly state: 'Absent' };

/** A kind of gateway: a folder beside this file, and a line in the list of `index.ts`. */
export type GatewayKind = {
  /** As in its flags: `apisix` of `--apisix-url`. */
  readonly name: string;
  /** Finds the gateways of this kind, and asks them nothing yet. */
  readonly open: (options: GatewayOptions, around: Surroundings) => Promise<Opened>;
};
