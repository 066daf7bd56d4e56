import type { UnknownRecord } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import { withoutUserinfo } from '../../core/userinfo.ts';
import type { GatewayOptions, Location, Notice, Opened, Surroundings } from '../gateway.ts';
import { askApisix, type Ask } from './effective/ask.ts';
import { askDump, noDump, type AskDump } from './effective/dump.ts';
import { execTransport } from './exec.ts';
import { controlApi } from './failure.ts';
import { findApisix, installationKey, namedPod, type ApisixPod, type Installation } from './find.ts';
import { findKey } from './found-key.ts';
import { givenKey, type Key } from './key.ts';
import { statusOf } from './listing.ts';
import { streamTransport, urlTransport, type Limits, type Transport } from './transport.ts';

/** One APISIX that can be asked; whether it answers is known with each reading. */
export type Apisix = {
  /** A URL or a pod, for people. */
  readonly source: string;
  readonly ask: Ask;
  /** What APISIX looked up itself. */
  readonly dump: AskDump;
  readonly close: () => void;
};

/** Where the gateways are, and the key that was given for them. */
export type Located =
  | { readonly state: 'Url'; readonly url: string; readonly key: Key | undefined }
  | {
      readonly state: 'Pods';
      readonly installations: readonly [Installation, ...Installation[]];
      readonly key: Key | undefined;
      /** Pods of ingress controllers. */
      readonly controllers: readonly UnknownRecord[];
    }
  | Exclude<Opened, { readonly state: 'Open' }>;

const isSame = (a: ApisixPod, b: ApisixPod) => a.namespace === b.namespace && a.name === b.name;

/** A named pod; with the others of its gateway, where every pod is wanted. */
async function locateNamed(
  pod: Exclude<Location['pod'], undefined | 'any'>,
  { namespace, allReplicas }: GatewayOptions,
  { kube }: Surroundings,
): Promise<Pick<Extract<Located, { readonly state: 'Pods' }>, 'installations' | 'controllers'>> {
  const [named, found] = await Promise.all([namedPod(kube, pod), findApisix(kube, namespace)]);
  if (found.state === 'NotFound') return { installations: [[named]], controllers: [] };
  const peers = found.installations.flat().filter((one) => installationKey(one) === installationKey(named));
  const others = allReplicas ? peers.filter((one) => !isSame(one, named)) : [];
  return { installations: [[named, ...others]], controllers: found.controllers };
}

/** A named pod, file or Secret that is not there is an error. */
export async function locate(options: GatewayOptions, around: Surroundings): Promise<Located> {
  const { url, pod } = options;
  let key: Key | undefined;
  try {
    key = await givenKey(options, around);
  } catch (error) {
    if (!(error instanceof EpsError) || statusOf(error) !== 403) throw error;
    return { state: 'Unread', reason: error.message, source: withoutUserinfo(url ?? 'APISIX') };
  }
  if (url !== undefined) return { state: 'Url', url, key };
  if (pod !== undefined && pod !== 'any') {
    return { state: 'Pods', key, ...(await locateNamed(pod, options, around)) };
  }
  const found = await findApisix(around.kube, options.namespace);
  if (found.state === 'Found') return { ...found, state: 'Pods', key };
  const isWanted =
    options.allReplicas || [pod, options.keyFile, options.keySecret].some((given) => given !== undefined);
  if (isWanted) return { state: 'Unread', reason: found.reason, source: 'APISIX' };
  around.notice(found.reason);
  return { state: 'Absent' };
}

/** The key that was given, else one that is found in the cluster. */
export async function keyFor(
  pod: ApisixPod,
  given: Key | undefined,
  { kube }: Surroundings,
): Promise<Key | undefined> {
  return given ?? findKey(kube, pod);
}

/** Both APIs of an APISIX; a URL leads to one of them. */
export type Transports = { readonly admin: Transport; readonly control?: Transport };

/** A key that was found in the cluster is not sent to a URL: who knows who listens there. */
export function openUrl(url: string, key: Key | undefined, options: GatewayOptions, notice: Notice): Apisix {
  const transports = { admin: urlTransport(url, options) };
  tell(transports.admin.source, key, notice);
  return apisixOf(transports, key);
}

/** Says through what is read, and whose key is shown: never the key. */
export function tell(source: string, key: Key | undefined, notice: Notice): void {
  notice(`reading APISIX through ${source} (${key ? `key from ${key.from}` : 'without a key'})`);
}

function podTransport(
  pod: ApisixPod,
  port: number,
  options: Limits & Pick<Location, 'via'>,
  { dial, exec }: Surroundings,
): Transport {
  if (options.via === 'exec') return execTransport(pod, port, options, exec);
  const source = `pod ${pod.namespace}/${pod.name}`;
  return streamTransport(source, options, (signal) => dial(pod, port, signal));
}

export function podTransports(
  pod: ApisixPod,
  options: Limits & Pick<Location, 'via'>,
  around: Surroundings,
): Required<Transports> {
  return {
    admin: podTransport(pod, pod.adminPort, options, around),
    control: podTransport(pod, pod.controlPort, { ...options, api: controlApi }, around),
  };
}

/** What can be asked there. */
export function apisixOf({ admin, control }: Transports, key: Key | undefined): Apisix {
  return {
    source: admin.source,
    ask: askApisix(admin, key?.value),
    dump: control ? askDump(control) : noDump('a URL does not tell where its control API is'),
    close: () => {
      admin.close();
      control?.close();
    },
  };
}
