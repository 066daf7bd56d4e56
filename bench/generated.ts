import type { Pod, Service } from '../source/core/kubernetes.ts';
import type { Layer, Snapshot } from '../source/core/snapshot.ts';

const meta = (name: string) => ({ namespace: 'default', name, uid: name, resourceVersion: '1' });

function read<Item>(items: readonly Item[]): Layer<Item> {
  return { state: 'Read', items, resourceVersion: '', source: 'bench' };
}

export const service: Service = {
  ...meta('web'),
  labels: {},
  type: 'ClusterIP',
  selector: { app: 'web' },
  ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }],
  publishNotReadyAddresses: false,
  ipFamilies: ['IPv4'],
};

const ip = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;

const readyPod = (podIP: string): Pod => ({
  ...meta(podIP),
  labels: { app: 'web' },
  phase: 'Running',
  ready: true,
  terminating: false,
  podIPs: [podIP],
  namedPorts: [],
});

/** A Service of so many ready pods, the first of which has this number; Endpoints holds the first thousand. */
export function snapshotOf(count: number, first = 0): Snapshot {
  const ips = Array.from({ length: count }, (_, number) => ip(first + number));
  const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];
  const ready = { ready: true, serving: true, terminating: false };
  const slice = { ...meta('web-1'), serviceName: 'web', managedBy: 'endpointslice-controller.k8s.io' };
  const kept = ips.slice(0, 1000).map((podIP) => ({ ip: podIP }));
  const absent = { state: 'Absent' } as const;
  return {
    apiVersion: 'eps/v1',
    kind: 'Snapshot',
    takenAt: '2026-01-01T00:00:00.000Z',
    versions: {},
    replicas: absent,
    services: read([service]),
    pods: read(ips.map(readyPod)),
    endpointSlices: read([
      {
        ...slice,
        terminating: false,
        ports,
        endpoints: ips.map((podIP) => ({ addresses: [podIP], ...ready })),
      },
    ]),
    endpoints: read([
      {
        ...meta('web'),
        overCapacity: 'truncated',
        skipMirror: false,
        subsets: [{ addresses: kept, notReadyAddresses: [], ports }],
      },
    ]),
    nodes: absent,
    apisixRoutes: absent,
    ingresses: absent,
    gatewayRoutes: absent,
    upstreams: absent,
    gatewayGiven: false,
  };
}
