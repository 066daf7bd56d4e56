import { parseDuration } from '../../core/duration.ts';
import { EpsError } from '../../core/error.ts';
import { withoutUserinfo } from '../../core/userinfo.ts';
import type { commandFlags } from './flags.ts';
import type { Typed } from './typed.ts';

/** What the flags say of APISIX; with nothing but a timeout it is looked for, and need not be there. */
export type GatewayOptions = {
  readonly url?: string;
  /** `any`: one that is found. A pod without a namespace is in that of the cluster's context. */
  readonly pod?: 'any' | { readonly namespace?: string; readonly name: string };
  readonly keyFile?: string;
  readonly keySecret?: { readonly namespace: string; readonly name: string; readonly key: string };
  /** How pods are reached; by port-forward when not given. */
  readonly via?: 'exec';
  /** Every pod of the gateway is read, not one of them. */
  readonly allReplicas: boolean;
  /** ms, for one answer. */
  readonly timeoutMs: number;
};

type GatewayFlags = Pick<
  Typed<typeof commandFlags.diff>['flags'],
  | 'allReplicas'
  | 'apisixKeyFile'
  | 'apisixKeySecret'
  | 'apisixPod'
  | 'apisixTimeout'
  | 'apisixUrl'
  | 'apisixVia'
>;

function invalid(flag: string, value: string, reason: string): EpsError {
  return new EpsError(`invalid argument "${value}" for "--${flag}" flag: ${reason}`);
}

function parsePod(text: string): Exclude<GatewayOptions['pod'], undefined> {
  if (text === '*') return 'any';
  const [name = '', namespace, ...more] = text.split('/').reverse();
  if (name === '' || namespace === '' || more.length > 0)
    throw invalid('apisix-pod', text, 'must be [NAMESPACE/]POD');
  return namespace === undefined ? { name } : { namespace, name };
}

function parseSecret(text: string): Exclude<GatewayOptions['keySecret'], undefined> {
  const [namespace = '', name = '', key = '', ...more] = text.split('/');
  if (namespace === '' || name === '' || key === '' || more.length > 0) {
    throw invalid('apisix-key-secret', text, 'must be NAMESPACE/NAME/KEY');
  }
  return { namespace, name, key };
}

function parseTimeout(text: string): number {
  const timeoutMs = parseDuration(text);
  if (timeoutMs === undefined || timeoutMs === 0) {
    throw invalid('apisix-timeout', text, 'must be a duration above 0, such as 5s');
  }
  return timeoutMs;
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw invalid(
      'apisix-url',
      withoutUserinfo(text),
      'must be an http or https URL, such as http://127.0.0.1:9180',
    );
  }
  return text;
}

function parseVia(text: string, url: string): Pick<GatewayOptions, 'via'> {
  switch (text) {
    case 'port-forward':
      return {};
    case 'exec':
      if (url !== '') throw new EpsError('--apisix-url and --apisix-via=exec cannot be used together');
      return { via: text };
    default:
      throw invalid('apisix-via', text, 'must be one of port-forward, exec');
  }
}

export function gatewayOptions(flags: GatewayFlags): GatewayOptions {
  const { allReplicas, apisixKeyFile, apisixKeySecret, apisixPod, apisixTimeout, apisixUrl, apisixVia } =
    flags;
  if (apisixUrl !== '' && apisixPod !== '') {
    throw new EpsError('--apisix-url and --apisix-pod cannot be used together');
  }
  if (apisixUrl !== '' && allReplicas) {
    throw new EpsError('--apisix-url and --all-replicas cannot be used together: pods are asked one by one');
  }
  return {
    ...(apisixUrl !== '' && { url: parseUrl(apisixUrl) }),
    ...(apisixPod !== '' && { pod: parsePod(apisixPod) }),
    ...(apisixKeyFile !== '' && { keyFile: apisixKeyFile }),
    ...(apisixKeySecret !== '' && { keySecret: parseSecret(apisixKeySecret) }),
    ...parseVia(apisixVia, apisixUrl),
    allReplicas,
    timeoutMs: parseTimeout(apisixTimeout),
  };
}
