import { EpsError } from '../../core/error.ts';
import type { Dial, PodName } from '../gateway.ts';
import { askApisix, type Ask } from './effective/ask.ts';
import { findPod, namedPod, type ApisixPod } from './find.ts';
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
    /** Where the Services are: looked into when the right to look everywhere is missing. */
    readonly namespace: string;
  };

/** What reading a gateway needs from outside. */
export type Surroundings = KeySources & {
  readonly dial: Dial;
  /** One line for people: what is read and with whose key, or why nothing is. */
  readonly notice: (text: string) => void;
};

/** One APISIX that can be asked; whether it answers is known with each reading. */
export type Gateway = {
  readonly state: 'Open';
  /** A URL or a pod, for people. */
  readonly source: string;
  readonly ask: Ask;
  readonly close: () => void;
};

export type Opened =
  | Gateway
  | { readonly state: 'Unread'; readonly reason: string; readonly source: string }
  | { readonly state: 'Absent' };

/** Finds APISIX and its key; asks it nothing yet. A named pod, file or Secret that is not there is an error. */
export async function openGateway(options: GatewayOptions, around: Surroundings): Promise<Opened> {
  const { url, pod } = options;
  let key: Key | undefined;
  try {
    key = await givenKey(options, around);
  } catch (error) {
    if (!(error instanceof EpsError) || statusOf(error) !== 403) throw error;
    return { state: 'Unread', reason: error.message, source: url ?? 'APISIX' };
  }
  // A key that was found in the cluster is not sent to a URL: who knows who listens there.
  if (url !== undefined) return gatewayOf(urlTransport(url, options), key, around.notice);
  const found = isNamed(pod)
    ? { state: 'Found' as const, pod: await namedPod(around.kube, pod) }
    : await findPod(around.kube, options.namespace);
  if (found.state === 'Found') return openPod(found.pod, key, options, around);
  const isWanted = pod !== undefined || options.keyFile !== undefined || options.keySecret !== undefined;
  if (isWanted) return { state: 'Unread', reason: found.reason, source: 'APISIX' };
  around.notice(found.reason);
  return { state: 'Absent' };
}

function isNamed(pod: GatewayOptions['pod']): pod is PodName {
  return pod !== undefined && pod !== 'any';
}

async function openPod(
  pod: ApisixPod,
  given: Key | undefined,
  limits: Limits,
  around: Surroundings,
): Promise<Gateway> {
  const key = given ?? (await findKey(around.kube, pod));
  const source = `pod ${pod.namespace}/${pod.name}`;
  const dial = (signal: AbortSignal) => around.dial(pod, pod.adminPort, signal);
  return gatewayOf(streamTransport(source, limits, dial), key, around.notice);
}

function gatewayOf(transport: Transport, key: Key | undefined, notice: Surroundings['notice']): Gateway {
  const { source } = transport;
  notice(`reading APISIX through ${source} (${key ? `key from ${key.from}` : 'without a key'})`);
  return {
    state: 'Open',
    source,
    ask: askApisix(transport, key?.value),
    close: transport.close,
  };
}
