import type { ApisixRoute, Node, Pod, RouteBackend, SliceEndpoint } from '../../source/core/kubernetes.ts';
import type { TargetRef } from '../../source/core/kubernetes.ts';
import type { Layer, Upstream, UpstreamNode, UpstreamService } from '../../source/core/snapshot.ts';
import { pod, read, upstream } from './snapshot.ts';

/** Nodes that are there and ready. */
export function nodes(...names: readonly string[]): Layer<Node> {
  return read(names.map((name) => ({ name, ready: true })));
}

/** What slices and Endpoints write of a pod. */
export function refTo({ namespace, name, uid }: Pod): TargetRef {
  return { kind: 'Pod', namespace, name, uid };
}

/** A ready endpoint of a slice. */
export function endpoint(address: string, changes: Partial<SliceEndpoint> = {}): SliceEndpoint {
  return { addresses: [address], ready: true, serving: true, terminating: false, ...changes };
}

export const terminating = { ready: false, serving: true, terminating: true };

/** A pod `web-N` that is not ready. */
export const unreadyPod = (number: number) => pod(number, { ready: false });

/** An ApisixRoute of one rule a list of backends. */
export function route(...rules: readonly (readonly RouteBackend[])[]): ApisixRoute {
  return {
    namespace: 'shop',
    name: 'web',
    uid: 'uid-route',
    resourceVersion: '1',
    rules: rules.map((backends, index) => ({ name: `rule${index}`, backends })),
  };
}

export const backend = (serviceName: string, servicePort: number | string = 80): RouteBackend => ({
  serviceName,
  servicePort,
});

/** Port 80 of shop/web, as an upstream belongs to it. */
export function port80(changes: Partial<UpstreamService> = {}): UpstreamService {
  return { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint', ...changes };
}

export function upstreamNode(host: string, changes: Partial<UpstreamNode> = {}): UpstreamNode {
  return { host, port: 8080, weight: 100, priority: 0, ...changes };
}

/** An upstream of these addresses at 8080 and of one more node. */
export function upstreamWith(
  hosts: readonly string[],
  more: UpstreamNode,
  changes: Partial<Upstream> = {},
): Upstream {
  const items = [...hosts.map((host) => upstreamNode(host)), more];
  return upstream([], { nodes: { state: 'Read', items }, ...changes });
}

/** The object as it is when a member is unset. */
export function without<Whole extends object, Key extends keyof Whole & string>(
  object: Whole,
  key: Key,
): Omit<Whole, Key> {
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== key)) as Omit<Whole, Key>;
}
