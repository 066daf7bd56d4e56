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
  readonly subsets?: readonly {
    readonly addresses?: readonly Address[];
    readonly notReadyAddresses?: readonly Address[];
  }[];
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean; readonly terminating?: boolean };
  }[];
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

type Items = Readonly<Record<'pods' | 'slices' | 'endpoints', readonly Item[]>>;

/** All pods of the namespace, and what belongs to one of its Services. */
async function itemsOf({ output }: Client, namespace: string, service: string): Promise<Items> {
  const text = await output(['get', 'pods,endpoints,endpointslices', '-n', namespace, '-o', 'json']);
  const { items } = JSON.parse(text) as { readonly items: readonly Item[] };
  return {
    pods: items.filter(({ kind }) => kind === 'Pod'),
    slices: items.filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service),
    endpoints: items.filter(({ kind, metadata }) => kind === 'Endpoints' && metadata.name === service),
  };
}

/** All pods of the namespace, and the addresses of one of its Services. */
export async function kubectlView(client: Client, namespace: string, service = 'httpbin'): Promise<View> {
  const { pods, slices, endpoints } = await itemsOf(client, namespace, service);
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

/** Each mention of an IP, with the state that goes with it: `10.0.0.1 ready`. In the order of text. */
export type States = Readonly<Record<'slices' | 'endpoints', readonly string[]>>;

type Conditions = NonNullable<Item['endpoints']>[number]['conditions'];

function stateOf({ ready = true, terminating = false }: Conditions = {}): string {
  if (ready) return 'ready';
  return terminating ? 'terminating' : 'not ready';
}

/** What the slices and the Endpoints of a Service say of each address. */
export async function kubectlStates(client: Client, namespace: string, service = 'httpbin'): Promise<States> {
  const { slices, endpoints } = await itemsOf(client, namespace, service);
  const told = (list: readonly Address[], state: string) => list.map(({ ip }) => `${ip} ${state}`);
  return {
    slices: slices
      .flatMap((slice) => slice.endpoints ?? [])
      .flatMap(({ addresses, conditions }) => addresses.map((ip) => `${ip} ${stateOf(conditions)}`))
      .sort(),
    endpoints: endpoints
      .flatMap(({ subsets = [] }) => subsets)
      .flatMap(({ addresses = [], notReadyAddresses = [] }) => [
        ...told(addresses, 'ready'),
        ...told(notReadyAddresses, 'not ready'),
      ])
      .sort(),
  };
}
