import type { Replica, Upstream } from '../../source/core/snapshot.ts';
import { port80, upstreamNode } from './objects.ts';
import { endpoints, ips, pods, read, replica, service, slice, upstream } from './snapshot.ts';

const names = ['http', 'metrics'] as const;

/** Three ready pods behind the ports 80 and 81 of a Service, that both Kubernetes layers hold. */
function behindTwo(targetPorts: readonly number[]) {
  const all = ips(1, 2, 3);
  const ports = names.map((name, index) => ({ name, port: targetPorts[index] ?? 0, protocol: 'TCP' }));
  const subsets = [{ addresses: all.map((ip) => ({ ip })), notReadyAddresses: [], ports }];
  return {
    services: read([
      service({
        ports: ports.map(({ port, ...own }, index) => ({ ...own, port: 80 + index, targetPort: port })),
      }),
    ]),
    pods: read(pods(3)),
    endpointSlices: read([slice(all, { ports })]),
    endpoints: read([endpoints([], { subsets })]),
  };
}

/** The ports lead to 8080 and 8081. */
export const twoPorts = behindTwo([8080, 8081]);

/** Both ports lead to 8080. */
export const onePortTwice = behindTwo([8080, 8080]);

/** The upstream of port 81 that leads to the port of its own. */
export function of81(hosts: readonly string[], port = 8081): Upstream {
  const items = hosts.map((host) => upstreamNode(host, { port }));
  return upstream([], {
    id: '81',
    name: 'shop_web_81',
    nodes: { state: 'Read', items },
    service: port80({ port: 81 }),
  });
}

/** A pod of the gateway that is configured with and uses these upstreams. */
export function holding(
  name: string,
  upstreams: readonly Upstream[],
  changes: Partial<Replica> = {},
): Replica {
  const layer = read(upstreams);
  return replica(name, [], { upstreams: layer, runtime: layer, ...changes });
}

/** What is probed at 8080 for an upstream. */
export function checksOf({ id, service: owner }: Upstream, hosts: readonly string[], port = 8080) {
  const items = hosts.map((host) => ({ host, port, healthy: true }));
  return { id, nodes: { state: 'Read' as const, items }, ...(owner && { service: owner }) };
}
