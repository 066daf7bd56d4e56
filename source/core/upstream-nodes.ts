import { formatAddress, type Address } from './address.ts';
import { itemsOf, type Upstream, type UpstreamNode } from './snapshot.ts';

/** `scheme_to_port` of apisix/upstream.lua: where a node without a port is spoken to. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, grpc: 80, grpcs: 443 };

/** Where APISIX sends what is for a node. */
export function dialled({ scheme = 'http' }: Upstream, { host, port }: UpstreamNode): Address {
  const known = port ?? defaultPorts[scheme];
  return known === undefined ? { host } : { host, port: known };
}

/**
 * Addresses that a gateway may hold beyond a Service's own: drained ones (weight 0), and in an upstream made by
 * hand those of no pod of the Service, which somebody may want there. `isOfPod` tells those of its pods.
 */
export function mayHold(
  upstreams: readonly Upstream[],
  isOfPod: (address: string) => boolean,
): ReadonlySet<string> {
  const held = new Map<string, boolean>();
  for (const upstream of upstreams) {
    for (const node of itemsOf(upstream.nodes)) {
      const address = formatAddress(dialled(upstream, node));
      const may = node.weight === 0 || (upstream.source === 'Manual' && !isOfPod(address));
      held.set(address, may && (held.get(address) ?? true));
    }
  }
  return new Set([...held].flatMap(([address, may]) => (may ? [address] : [])));
}
