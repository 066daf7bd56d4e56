import type { Endpoints, EndpointSlice, Pod, Service } from '../../source/core/kubernetes.ts';
import type { Layer, Replica, Snapshot, Upstream } from '../../source/core/snapshot.ts';

const meta = (name: string) => ({ namespace: 'shop', name, uid: `uid-${name}`, resourceVersion: '1' });

export function read<Item>(items: readonly Item[]): Layer<Item> {
  return { state: 'Read', items, resourceVersion: '', source: 'test' };
}

export const unread = { state: 'Unread', reason: 'forbidden', source: 'test' } as const;

/** A Service `shop/web` of the port `http 80->8080` that selects `app=web`. */
export function service(changes: Partial<Service> = {}): Service {
  return {
    ...meta('web'),
    labels: {},
    type: 'ClusterIP',
    selector: { app: 'web' },
    clusterIP: '10.96.0.1',
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
    publishNotReadyAddresses: false,
    ipFamilies: ['IPv4'],
    ...changes,
  };
}

/** A ready pod `web-N` with the IP `10.0.0.N`. */
export function pod(number: number, changes: Partial<Pod> = {}): Pod {
  return {
    ...meta(`web-${number}`),
    labels: { app: 'web' },
    nodeName: 'node-1',
    phase: 'Running',
    ready: true,
    terminating: false,
    podIPs: [`10.0.0.${number}`],
    namedPorts: [],
    ...changes,
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

export function pods(count: number): readonly Pod[] {
  return numbers(count).map((number) => pod(number));
}

export const ips = (...last: readonly number[]) => last.map((number) => `10.0.0.${number}`);

const http = [{ name: 'http', port: 8080, protocol: 'TCP' }];

/** A slice of ready endpoints, as the endpointslice controller writes it. */
export function slice(addresses: readonly string[], changes: Partial<EndpointSlice> = {}): EndpointSlice {
  return {
    ...meta('web-abc12'),
    serviceName: 'web',
    managedBy: 'endpointslice-controller.k8s.io',
    owner: { kind: 'Service', name: 'web', uid: 'uid-web' },
    terminating: false,
    ports: http,
    endpoints: addresses.map((address) => ({
      addresses: [address],
      ready: true,
      serving: true,
      terminating: false,
    })),
    ...changes,
  };
}

export function endpoints(
  ready: readonly string[],
  changes: Partial<Endpoints> & { readonly notReady?: readonly string[] } = {},
): Endpoints {
  const { notReady = [], ...rest } = changes;
  const addressesOf = (list: readonly string[]) => list.map((ip) => ({ ip }));
  return {
    ...meta('web'),
    skipMirror: false,
    subsets: [{ addresses: addressesOf(ready), notReadyAddresses: addressesOf(notReady), ports: http }],
    ...rest,
  };
}

/** The upstream that apisix-ingress-controller 1.x keeps for port 80. */
export function upstream(hosts: readonly string[], changes: Partial<Upstream> = {}): Upstream {
  return {
    id: '1',
    name: 'shop_web_80',
    source: 'Controller',
    nodes: { state: 'Read', items: hosts.map((host) => ({ host, port: 8080, weight: 100, priority: 0 })) },
    service: { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint' },
    ...changes,
  };
}

/** A pod `gw/NAME` of the gateway that is configured with and uses these pods of `shop/web`. */
export function replica(
  name: string,
  hosts: readonly string[],
  { used = hosts, probed, ...changes }: ReplicaChanges = {},
): Replica {
  const { service: owner } = upstream([]);
  const checked = (probed ?? []).map((host) => ({ host, port: 8080, healthy: true }));
  const checks = [
    { id: '1', nodes: { state: 'Read' as const, items: checked }, ...(owner && { service: owner }) },
  ];
  return {
    gateway: 'apisix',
    name: `gw/${name}`,
    isStandalone: false,
    upstreams: read([upstream(hosts)]),
    runtime: read([upstream(used)]),
    healthChecks: read(probed ? checks : []),
    ...changes,
  };
}

type ReplicaChanges = Partial<Replica> & {
  /** What its workers use, when that is something else. */
  readonly used?: readonly string[];
  readonly probed?: readonly string[];
};

/** A Snapshot of nothing but what is given; the gateway is Absent unless it is given too. */
export function snapshot(layers: Partial<Snapshot> = {}): Snapshot {
  return {
    apiVersion: 'eps/v1',
    kind: 'Snapshot',
    takenAt: '2026-01-01T00:00:00.000Z',
    versions: { kubernetes: 'v1.37.2' },
    services: read([service()]),
    pods: read([]),
    endpointSlices: read([]),
    endpoints: read([]),
    nodes: { state: 'Absent' },
    apisixRoutes: { state: 'Absent' },
    ingresses: { state: 'Absent' },
    gatewayRoutes: { state: 'Absent' },
    upstreams: { state: 'Absent' },
    replicas: { state: 'Absent' },
    gatewayGiven: false,
    ...layers,
  };
}
