import type { Snapshot } from '../core/snapshot.ts';
import type { KubernetesLayers } from '../sources/kubernetes/read.ts';
import type { GatewayLayers } from './gateway.ts';

/** What the cluster and the gateway told, in one. */
export function combine(
  layers: KubernetesLayers,
  told: GatewayLayers,
  others: Pick<Snapshot, 'takenAt' | 'gatewayGiven'>,
): Snapshot {
  const versions = { ...layers.versions, ...told.versions };
  return { apiVersion: 'eps/v1', kind: 'Snapshot', ...others, ...layers, ...told, versions };
}
