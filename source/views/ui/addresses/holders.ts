import { formatAddress, parseAddress } from '../../../core/address.ts';
import type { EndpointSubset, Pod, SliceEndpoint } from '../../../core/kubernetes.ts';
import type { LayerName } from '../../../core/report.ts';
import type { Scope } from '../../../core/scope.ts';
import { itemsOf, type Replica, type Upstream } from '../../../core/snapshot.ts';
import { dialled } from '../../../core/upstream-nodes.ts';

/** One object that holds an address, and what it says of it. */
export type Holder = { readonly layer: LayerName; readonly object: string; readonly says: string };

function podWords({ phase, ready, terminating, podIPs }: Pod): string {
  const readiness = ready ? 'ready' : 'not ready';
  return [phase, readiness, ...(terminating ? ['terminating'] : []), podIPs.join(' ')].join(', ');
}

function endpointWords({ ready, serving, terminating }: SliceEndpoint): string {
  return `ready ${ready}, serving ${serving}, terminating ${terminating}`;
}

function subsetWords({ addresses, notReadyAddresses }: EndpointSubset, host: string): readonly string[] {
  return [
    ...(addresses.some(({ ip }) => ip === host) ? ['in addresses'] : []),
    ...(notReadyAddresses.some(({ ip }) => ip === host) ? ['in notReadyAddresses'] : []),
  ];
}

function nodeWords(upstream: Upstream, address: string): readonly string[] {
  if (upstream.nodes.state === 'Unread') return [];
  return upstream.nodes.items
    .filter((node) => formatAddress(dialled(upstream, node)) === address)
    .map(({ weight, priority }) => `weight ${weight}, priority ${priority}`);
}

function upstreamHolders(layer: LayerName, upstreams: readonly Upstream[], address: string, where = '') {
  return upstreams.flatMap((upstream) =>
    nodeWords(upstream, address).map((says): Holder => ({
      layer,
      object: `${where}${upstream.name || upstream.id}`,
      says,
    })),
  );
}

function replicaHolders({ name, runtime, healthChecks }: Replica, address: string): readonly Holder[] {
  const { host } = parseAddress(address);
  const probes = itemsOf(healthChecks).flatMap(({ id, nodes }) =>
    nodes.state === 'Read'
      ? nodes.items
          .filter((node) => node.host === host)
          .map(({ healthy }): Holder => {
            const says = healthy ? 'healthy' : 'unhealthy';
            return { layer: 'HealthCheck', object: `${name} ${id}`, says };
          })
      : [],
  );
  return [...upstreamHolders('Runtime', itemsOf(runtime), address, `${name} `), ...probes];
}

/** Every object that holds the address, in the order in which truth travels. */
export function holdersOf(scope: Scope, address: string): readonly Holder[] {
  const { host } = parseAddress(address);
  return [
    ...itemsOf(scope.pods)
      .filter(({ podIPs }) => podIPs.includes(host))
      .map((pod): Holder => ({ layer: 'Pods', object: pod.name, says: podWords(pod) })),
    ...itemsOf(scope.endpointSlices).flatMap(({ name, endpoints }) =>
      endpoints
        .filter(({ addresses }) => addresses.includes(host))
        .map((one): Holder => ({ layer: 'EndpointSlices', object: name, says: endpointWords(one) })),
    ),
    ...itemsOf(scope.endpoints).flatMap(({ name, subsets }) =>
      subsets
        .flatMap((subset) => subsetWords(subset, host))
        .map((says): Holder => ({ layer: 'Endpoints', object: name, says })),
    ),
    ...upstreamHolders('Upstream', itemsOf(scope.upstreams), address),
    ...itemsOf(scope.replicas).flatMap((replica) => replicaHolders(replica, address)),
  ];
}
