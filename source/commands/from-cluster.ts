import { itemsOf, type Snapshot } from '../core/snapshot.ts';
import { openCluster, type Cluster } from '../sources/kubernetes/connection.ts';
import { readServices, type Target } from '../sources/kubernetes/read.ts';
import type { Io } from './command.ts';
import type { ClusterFlags, ReadOptions } from './line/options.ts';
import type { Reader } from './reader.ts';
import { byNamespaceAndName } from './select-services.ts';

function targetOf({ services, allNamespaces }: ReadOptions, cluster: Cluster): Target {
  const namespace = allNamespaces ? undefined : cluster.namespace;
  switch (services.kind) {
    case 'Names':
      return { kind: 'names', namespace: cluster.namespace, names: [...new Set(services.names)] };
    case 'Selector':
      return { kind: 'selector', namespace, labelSelector: services.selector };
    case 'All':
      return { kind: 'selector', namespace, labelSelector: '' };
  }
}

/** Reads the cluster of kubectl's flags; the gateway is not looked for. */
export async function openClusterReader(options: ReadOptions, flags: ClusterFlags, io: Io): Promise<Reader> {
  const cluster = await openCluster(flags, io.env);
  io.signal.addEventListener('abort', cluster.close, { once: true });
  const target = targetOf(options, cluster);
  return {
    live: true,
    namespace: target.namespace ?? '',
    close: cluster.close,
    read: async () => {
      const layers = await readServices(cluster, target);
      const snapshot: Snapshot = {
        apiVersion: 'eps/v1',
        kind: 'Snapshot',
        takenAt: io.now().toISOString(),
        ...layers,
        upstreams: { state: 'Absent' },
        gatewayGiven: false,
      };
      return { snapshot, services: [...itemsOf(snapshot.services)].sort(byNamespaceAndName) };
    },
  };
}
