import { formatAddress, type Address } from './address.ts';
import { addressAt, placesUnder } from './expected.ts';
import { groupBy } from './group-by.ts';
import type { EndpointAddress, EndpointSlice, ServicePort, TargetRef } from './kubernetes.ts';
import type { AddressState } from './report.ts';
import type { Scope } from './scope.ts';
import { itemsOf, type Layer, type Upstream } from './snapshot.ts';
import { dialled } from './upstream-nodes.ts';

/** One mention of an address in one layer. */
export type Observation = {
  /** The Service port's name as the layer spells it; empty when unnamed. */
  readonly port: string;
  readonly address: Address;
  readonly state: AddressState;
  /** What the layer says of the address besides; absent where it says nothing. */
  readonly where?: { readonly nodeName?: string; readonly zone?: string; readonly targetRef?: TargetRef };
};

/** What all of the Service's slices hold, or some of them. */
export function observeSlices(
  { service, endpointSlices }: Scope,
  slices: readonly EndpointSlice[] = itemsOf(endpointSlices),
): readonly Observation[] {
  const seen: Observation[] = [];
  for (const { endpoints, ports } of slices) {
    for (const place of placesUnder(ports, service)) {
      for (const where of endpoints) {
        const unready = where.terminating ? 'Terminating' : 'NotReady';
        const state = where.ready ? 'Ready' : unready;
        for (const host of where.addresses) {
          seen.push({ port: place.name, address: addressAt(host, place), state, where });
        }
      }
    }
  }
  return seen;
}

export function observeEndpoints({ service, endpoints }: Scope): readonly Observation[] {
  return itemsOf(endpoints).flatMap(({ subsets }) =>
    subsets.flatMap(({ addresses, notReadyAddresses, ports }) =>
      placesUnder(ports, service).flatMap((place) => {
        const take = (list: readonly EndpointAddress[], state: AddressState) =>
          list.map((where) => ({ port: place.name, address: addressAt(where.ip, place), state, where }));
        return [...take(addresses, 'Ready'), ...take(notReadyAddresses, 'NotReady')];
      }),
    ),
  );
}

type Owned = Pick<Upstream, 'service'>;

/** Not to the Service's ClusterIP, which is no address of a pod, and is probed in their stead. */
export function leadsToPods({ service }: Owned): boolean {
  return service?.granularity === 'endpoint';
}

/** Upstreams of one Service port that lead to pods, or what is known of such. */
export function upstreamsOfPort<Item extends Owned>(
  { upstreams }: { readonly upstreams: Layer<Item> },
  port: number,
): readonly Item[] {
  return itemsOf(upstreams).filter((one) => one.service?.port === port && leadsToPods(one));
}

/**
 * The Service ports that the gateway can serve. An upstream tells the number of its port alone: of two that share it,
 * as DNS has it over UDP and TCP, it is for the one whose protocol it speaks.
 */
export function servedPorts({
  service,
  upstreams,
}: Pick<Scope, 'service' | 'upstreams'>): readonly ServicePort[] {
  return [...groupBy(service.ports, ({ port }) => String(port)).values()].flatMap((alike) => {
    const [first, second] = alike;
    if (!first || !second) return alike;
    const own = upstreamsOfPort({ upstreams }, first.port);
    const isUdp = own.length > 0 && own.every(({ scheme }) => scheme === 'udp');
    return alike.find(({ protocol }) => protocol === (isUdp ? 'UDP' : 'TCP')) ?? first;
  });
}

/** Addresses of an upstream's nodes; `undefined` when it should hold only some of them, or nobody knows. */
function wholeNodes(upstream: Upstream): ReadonlySet<string> | undefined {
  const { nodes, service } = upstream;
  if (nodes.state !== 'Read' || service?.subset !== undefined) return undefined;
  return new Set(nodes.items.map((node) => formatAddress(dialled(upstream, node))));
}

/**
 * Tells whether an upstream of a Service port (by its number) lacks an address that another one holds: each serves
 * requests of its own, so an address must be in all of them.
 */
export function lackedBySome(scope: Scope): (port: number, address: string) => boolean {
  const wholes = new Map(
    scope.service.ports.map(({ port }) => [
      port,
      upstreamsOfPort(scope, port).flatMap((upstream) => wholeNodes(upstream) ?? []),
    ]),
  );
  return (port, address) => wholes.get(port)?.some((nodes) => !nodes.has(address)) ?? false;
}

export function observeUpstreams(scope: Scope): readonly Observation[] {
  return servedPorts(scope).flatMap(({ name, port }) =>
    upstreamsOfPort(scope, port).flatMap((upstream) =>
      itemsOf(upstream.nodes).map((node) => ({
        port: name,
        address: dialled(upstream, node),
        state: 'Present' as const,
      })),
    ),
  );
}
