import type { Client } from './plane/client.ts';

type Address = { readonly ip: string };

/** The members of a Pod, an Endpoints or an EndpointSlice that a view is made of. */
type Item = {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status?: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  readonly subsets?: readonly { readonly addresses?: readonly Address[] }[];
  readonly endpoints?: readonly { readonly addresses: readonly string[] }[];
};

/** Who is where, by what kubectl prints of the objects and nothing else. IPs, in the order of text. */
export type View = {
  /** How many there are, whatever their state. */
  readonly pods: number;
  readonly readyPods: readonly string[];
  readonly slices: readonly string[];
  /** `addresses`, without `notReadyAddresses`. */
  readonly endpoints: readonly string[];
};

function isReady({ status }: Item): boolean {
  return (status?.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** All pods of the namespace, and the addresses of one of its Services. */
export async function kubectlView({ output }: Client, namespace: string, service = 'httpbin'): Promise<View> {
  const text = await output(['get', 'pods,endpoints,endpointslices', '-n', namespace, '-o', 'json']);
  const { items } = JSON.parse(text) as { readonly items: readonly Item[] };
  const pods = items.filter(({ kind }) => kind === 'Pod');
  const slices = items.filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service);
  const endpoints = items.filter(({ kind, metadata }) => kind === 'Endpoints' && metadata.name === service);
  return {
    pods: pods.length,
    readyPods: pods
      .filter(isReady)
      .map(({ status }) => status?.podIP ?? '')
      .sort(),
    slices: slices.flatMap((slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => addresses)).sort(),
    endpoints: endpoints
      .flatMap(({ subsets = [] }) => subsets.flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip)))
      .sort(),
  };
}
