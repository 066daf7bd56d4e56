import type { LayerName, ReplicaSummary } from '../core/report.ts';
import { columns } from './columns.ts';

const none = '<none>';

function cell({ layers }: ReplicaSummary, name: LayerName): string {
  const layer = layers.find((one) => one.name === name);
  if (!layer || layer.state === 'Absent') return none;
  return layer.state === 'Unread' ? 'unread' : String(layer.addresses ?? 0);
}

/** That the pod differs from the others, and why something of it is not known. */
function note({ outlier, layers }: ReplicaSummary): string {
  const reasons = new Set(layers.flatMap(({ reason }) => reason ?? []));
  return [...(outlier ? ['differs'] : []), ...reasons].join('; ') || none;
}

/** The pods of the gateway side by side, with how many addresses each layer of each has. */
export function printReplicas(replicas: readonly ReplicaSummary[]): string {
  const rows = replicas.map((replica) => [
    replica.name,
    replica.gateway,
    cell(replica, 'Upstream'),
    cell(replica, 'Runtime'),
    cell(replica, 'HealthCheck'),
    replica.digest ?? none,
    note(replica),
  ]);
  return columns([['REPLICA', 'GATEWAY', 'UPSTREAM', 'RUNTIME', 'HEALTHCHECK', 'DIGEST', 'NOTE'], ...rows]);
}
