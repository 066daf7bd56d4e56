import { optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { Versions } from '../../core/versions.ts';
import type { Dial, Exec, PodName } from '../gateway.ts';
import { controllerVersions } from './controller-versions.ts';
import { askApisix, type Ask } from './effective/ask.ts';
import { askDump, noDump, type AskDump } from './effective/dump.ts';
import { execTransport } from './exec.ts';
import { controlApi } from './failure.ts';
import { findPods, namedPod, type ApisixPod } from './find.ts';
import { findKey } from './found-key.ts';
import { givenKey, type Key, type KeyOptions, type KeySources } from './key.ts';
import { statusOf } from './listing.ts';
import { streamTransport, urlTransport, type Limits, type Transport } from './transport.ts';

/** What the flags say of the gateway; with none of them it is looked for, and need not be there. */
export type GatewayOptions = KeyOptions &
  Limits & {
    readonly url?: string;
    /** `any`: one that is found. */
    readonly pod?: PodName | 'any';
    /** How a pod is reached; by port-forward when not given. */
    readonly via?: 'exec';
    /** Where the Services are: looked into when the right to look everywhere is missing. */
    readonly namespace: string;
  };

/** What reading a gateway needs from outside. */
export type Surroundings = KeySources & {
  readonly dial: Dial;
  readonly exec: Exec;
  /** One line for people: what is read and with whose key, or why nothing is. */
  readonly notice: (text: string) => void;
};

/** One APISIX that can be asked; whether it answers is known with each reading. */
export type Gateway = {
  readonly state: 'Open';
  /** A URL or a pod, for people. */
  readonly source: string;
  /** Of what runs there; empty for a URL. */
  readonly versions: Versions;
  readonly ask: Ask;
  /** What APISIX looked up itself. */
  readonly dump: AskDump;
  readonly close: () => void;
};

export type Opened =
  | Gateway
  | { readonly state: 'Unread'; readonly reason: string; readonly source: string }
  | { readonly state: 'Absent' };

/** Where the gateway is, and the key that was given for it. */
type Located =
  | { readonly state: 'Url'; readonly url: string; readonly key: Key | undefined }
  | {
      readonly state: 'Pods';
      readonly pods: readonly [ApisixPod, ...ApisixPod[]];
      readonly key: Key | undefined;
    }
  | Exclude<Opened, Gateway>;

/** A named pod, file or Secret that is not there is an error. */
export async function locate(options: GatewayOptions, around: Surroundings): Promise<Located> {
  const { url, pod } = options;
  let key: Key | undefined;
  try {
    key = await givenKey(options, around);
  } catch (error) {
    if (!(error instanceof EpsError) || statusOf(error) !== 403) throw error;
    return { state: 'Unread', reason: error.message, source: url ?? 'APISIX' };
  }
  if (url !== undefined) return { state: 'Url', url, key };
  if (isNamed(pod)) return { state: 'Pods', pods: [await namedPod(around.kube, pod)], key };
  const found = await findPods(around.kube, options.namespace);
  if (found.state === 'Found') return { state: 'Pods', pods: found.pods, key };
  const isWanted = pod !== undefined || options.keyFile !== undefined || options.keySecret !== undefined;
  if (isWanted) return { state: 'Unread', reason: found.reason, source: 'APISIX' };
  around.notice(found.reason);
  return { state: 'Absent' };
}

/** Finds APISIX and its key; asks it nothing yet. */
export async function openGateway(options: GatewayOptions, around: Surroundings): Promise<Opened> {
  const located = await locate(options, around);
  switch (located.state) {
    case 'Url':
      // A key that was found in the cluster is not sent to a URL: who knows who listens there.
      return gatewayOf({ admin: urlTransport(located.url, options) }, located.key, around.notice);
    case 'Pods':
      return openPod(located.pods[0], located.key, options, around);
    case 'Unread':
    case 'Absent':
      return located;
  }
}

function isNamed(pod: GatewayOptions['pod']): pod is PodName {
  return pod !== undefined && pod !== 'any';
}

/** The key that was given, else one that is found in the cluster. */
export async function keyFor(
  pod: ApisixPod,
  given: Key | undefined,
  { kube }: Surroundings,
): Promise<Key | undefined> {
  return given ?? findKey(kube, pod);
}

/** What runs, as far as images tell. */
export async function versionsAt(
  { namespace, version }: ApisixPod,
  { kube }: Surroundings,
): Promise<Versions> {
  return { ...optional('apisix', version), ...(await controllerVersions(kube, namespace)) };
}

/** Both APIs of an APISIX; a URL leads to one of them. */
export type Transports = { readonly admin: Transport; readonly control?: Transport };

function podTransport(
  pod: ApisixPod,
  port: number,
  options: Limits & Pick<GatewayOptions, 'via'>,
  { dial, exec }: Surroundings,
): Transport {
  if (options.via === 'exec') return execTransport(pod, port, options, exec);
  const source = `pod ${pod.namespace}/${pod.name}`;
  return streamTransport(source, options, (signal) => dial(pod, port, signal));
}

export function podTransports(
  pod: ApisixPod,
  options: Limits & Pick<GatewayOptions, 'via'>,
  around: Surroundings,
): Required<Transports> {
  return {
    admin: podTransport(pod, pod.adminPort, options, around),
    control: podTransport(pod, pod.controlPort, { ...options, api: controlApi }, around),
  };
}

async function openPod(
  pod: ApisixPod,
  given: Key | undefined,
  options: GatewayOptions,
  around: Surroundings,
): Promise<Gateway> {
  const [key, versions] = await Promise.all([keyFor(pod, given, around), versionsAt(pod, around)]);
  return { ...gatewayOf(podTransports(pod, options, around), key, around.notice), versions };
}

/** What can be asked there. */
export function gatewayOf(
  { admin, control }: Transports,
  key: Key | undefined,
  notice: Surroundings['notice'],
): Gateway {
  const { source } = admin;
  notice(`reading APISIX through ${source} (${key ? `key from ${key.from}` : 'without a key'})`);
  return {
    state: 'Open',
    source,
    versions: {},
    ask: askApisix(admin, key?.value),
    dump: control ? askDump(control) : noDump('a URL does not tell where its control API is'),
    close: () => {
      admin.close();
      control?.close();
    },
  };
}
