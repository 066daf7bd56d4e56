import { formatAddress } from '../address.ts';
import { digestOf } from './digest.ts';
import { summary } from '../layer-summary.ts';
import type { Join } from '../join.ts';
import { leadsToPods } from '../observed.ts';
import { groupReplicas } from './groups.ts';
import type { KnownNodes, ReplicaPort } from './ports.ts';
import type { LayerSummary, ReplicaSummary } from '../report.ts';
import { itemsOf, type Layer, type Replica } from '../snapshot.ts';

type Part = 'upstreams' | 'runtime' | 'healthChecks';

const parts = { Upstream: 'upstreams', Runtime: 'runtime', HealthCheck: 'healthChecks' } as const;

function distinct(nodes: readonly KnownNodes[]): { readonly addresses: number; readonly ready: number } {
  const addresses = new Set(nodes.flatMap((some) => [...(some ?? [])])).size;
  return { addresses, ready: addresses };
}

/** One pod that finds an address ill is enough. */
function healthy(replicas: readonly Replica[]): number {
  const checks = replicas.flatMap(({ healthChecks }) => itemsOf(healthChecks).filter(leadsToPods));
  const nodes = checks.flatMap((check) => itemsOf(check.nodes));
  const ill = new Set(nodes.filter((node) => !node.healthy).map(formatAddress));
  return new Set(nodes.map(formatAddress).filter((text) => !ill.has(text))).size;
}

/** Why some of what was asked for is not known. */
function unreadReasons(
  layer: Layer<{ readonly nodes: { readonly state: string; readonly reason?: string } }>,
) {
  if (layer.state === 'Unread') return [layer.reason];
  return itemsOf(layer).flatMap(({ nodes }) => (nodes.reason === undefined ? [] : [nodes.reason]));
}

function reasonOf(replicas: readonly Replica[], part: Part): string | undefined {
  const reasons = replicas.flatMap((replica) =>
    unreadReasons(replica[part]).map((reason) => `${replica.name}: ${reason}`),
  );
  return reasons.length === 0 ? undefined : reasons.join('; ');
}

/** Of all pods together: read as soon as one of them told, with the reasons of those that did not. */
function together(name: 'Runtime' | 'HealthCheck', { scope, replicaPorts }: Join): LayerSummary {
  if (scope.replicas.state !== 'Read') return summary(name, scope.replicas, () => ({}));
  const { items, source } = scope.replicas;
  const nodes = replicaPorts.map(({ used, probed }) => (name === 'Runtime' ? used : probed));
  const reason = reasonOf(items, parts[name]);
  const told = items.filter((replica) => replica[parts[name]].state === 'Read');
  if (told.length > 0 && nodes.length === 0) return { name, state: 'Absent' };
  if (nodes.every((some) => some === undefined)) {
    return { name, state: 'Unread', reason: reason ?? 'no pod of the gateway told', source };
  }
  const counts = distinct(nodes);
  const isChecked = name === 'Runtime' || counts.addresses > 0 || reason !== undefined;
  if (!isChecked) return { name, state: 'Absent' };
  return {
    name,
    state: 'Read',
    objects: told.length,
    ...counts,
    ...(name === 'HealthCheck' && { healthy: healthy(items) }),
    ...(reason !== undefined && { reason }),
    source,
  };
}

function ofOne(replica: Replica, ports: readonly ReplicaPort[]): readonly LayerSummary[] {
  const layerOf = (name: keyof typeof parts, nodes: readonly KnownNodes[]): LayerSummary => {
    const layer = replica[parts[name]];
    const reason = layer.state === 'Read' ? reasonOf([replica], parts[name]) : undefined;
    const whole = summary(name, layer, () => ({
      objects: itemsOf<unknown>(layer).length,
      ...distinct(nodes),
      ...(name === 'HealthCheck' && { healthy: healthy([replica]) }),
    }));
    return reason === undefined ? whole : { ...whole, reason };
  };
  return [
    layerOf(
      'Upstream',
      ports.map(({ configured }) => configured),
    ),
    layerOf(
      'Runtime',
      ports.map(({ used }) => used),
    ),
    layerOf(
      'HealthCheck',
      ports.map(({ probed }) => probed),
    ),
  ];
}

/** The digest of all ports together; none when one of them is not known. */
function digest(ports: readonly ReplicaPort[]): string | undefined {
  if (ports.some(({ used }) => used === undefined)) return undefined;
  return digestOf(ports.map(({ port, used }) => `${port} ${[...(used ?? [])].sort().join(' ')}`).join('\n'));
}

/** What is known of the gateway's pods; nothing unless they were asked. */
export function replicaLayers(join: Join): readonly LayerSummary[] {
  if (join.scope.replicas.state === 'Absent') return [];
  return [together('Runtime', join), together('HealthCheck', join)];
}

/** Every pod of the gateway: outliers first, then those that could not be asked. */
export function summariseReplicas(join: Join): readonly ReplicaSummary[] | undefined {
  if (join.scope.replicas.state !== 'Read') return undefined;
  const outliers = new Set(
    groupReplicas(join).flatMap(({ groups: [, ...others] }) =>
      others.flatMap(({ members }) => members.map(({ replica }) => replica)),
    ),
  );
  const rank = ({ outlier, digest: own }: ReplicaSummary) => (outlier ? 0 : own === undefined ? 1 : 2);
  return join.scope.replicas.items
    .map((replica): ReplicaSummary => {
      const ports = join.replicaPorts.filter((port) => port.replica === replica);
      const own = digest(ports);
      return {
        gateway: replica.gateway,
        name: replica.name,
        ...(own !== undefined && { digest: own }),
        outlier: outliers.has(replica),
        layers: ofOne(replica, ports),
      };
    })
    .sort((a, b) => rank(a) - rank(b));
}
