import { asNumber, asRecord, asText, isRecord, type UnknownRecord } from '../../../core/door.ts';
import type { RuntimeUpstream, Upstream, UpstreamNodes } from '../../../core/snapshot.ts';
import { parseUpstream } from '../upstream.ts';

/** An upstream as one worker has it. */
export type WorkerUpstream = {
  readonly upstream: RuntimeUpstream;
  readonly hasChecks: boolean;
  /** Its key has etcd's prefix unless the pod keeps its configuration itself. */
  readonly isStandalone: boolean;
};

/** A worker looks discovered nodes up with the first request; then they stand where others are written. */
function nodesOf(id: string, { discovery_type: type, ...value }: UnknownRecord): UpstreamNodes {
  const isLookedUp = type === undefined || 'nodes' in value;
  if (isLookedUp) return parseUpstream(id, value).nodes;
  const reason = 'no worker that answered has looked the nodes up: it does so with the first request';
  return { state: 'Unread', reason };
}

/** `{key, value, modifiedIndex}` of an upstream, or of the route or service that holds one inside. */
export function parseWorkerUpstream(item: UnknownRecord): WorkerUpstream | undefined {
  const { key, value, modifiedIndex } = item;
  const [resource = '', id = ''] = asText(key).split('/').slice(-2);
  const holder = asRecord(value);
  const own = resource === 'upstreams' ? holder : holder['upstream'];
  if (!isRecord(own) || id === '') return undefined;
  const revision = asNumber(modifiedIndex);
  return {
    upstream: {
      ...parseUpstream(id, own),
      nodes: nodesOf(id, own),
      ...(resource === 'services' && { inline: { kind: 'Service', id } }),
      ...(resource === 'routes' && { inline: { kind: 'Route', id } }),
      ...(revision !== undefined && { revision }),
    },
    hasChecks: isRecord(own['checks']),
    isStandalone: asText(key).split('/').length === 3,
  };
}

/** Of workers that disagree those count that know the oldest write; of those that do not, all nodes that any has. */
export function mergeWorkers(workers: readonly WorkerUpstream[]): readonly WorkerUpstream[] {
  const oldest = Math.min(...workers.map(({ upstream }) => upstream.revision ?? 0));
  const slowest = workers.filter(({ upstream }) => (upstream.revision ?? 0) === oldest);
  const [first] = slowest;
  if (!first) return [];
  const known = slowest.flatMap(({ upstream: { nodes } }) => (nodes.state === 'Read' ? [nodes.items] : []));
  if (known.length === 0) return [first];
  const byAddress = new Map(known.flat().map((node) => [`${node.host} ${node.port ?? ''}`, node]));
  const nodes: UpstreamNodes = { state: 'Read', items: [...byAddress.values()] };
  return [{ ...first, upstream: { ...first.upstream, nodes } }];
}

/** Where an upstream lies: `upstreams/ID`, or `services/ID` and `routes/ID` of what holds it inside. */
export function placeOf({ id, inline }: Pick<Upstream, 'id' | 'inline'>): string {
  return `${inline ? `${inline.kind.toLowerCase()}s` : 'upstreams'}/${id}`;
}
