import { compareText, formatAddress, sortByAddress } from './address.ts';
import { digestOf } from './replicas/digest.ts';
import { placeOf } from './replicas/ports.ts';
import { optional } from './door.ts';
import { groupBy } from './group-by.ts';
import type { NodeRow, UpstreamItem, UpstreamList } from './report.ts';
import { gatewayOf, itemsOf, type Replica, type Upstream, type UpstreamNode } from './snapshot.ts';

function toNodeRows(nodes: readonly UpstreamNode[]): readonly NodeRow[] {
  return sortByAddress(nodes, (node) => node).map((node) => ({
    address: formatAddress(node),
    weight: node.weight,
    priority: node.priority,
  }));
}

/** An upstream as outputs have it. */
export function toItem({ id, name, source, service, inline, nodes, ...rest }: Upstream): UpstreamItem {
  const { routes, shares, orphan } = rest;
  return {
    gateway: gatewayOf(rest),
    id,
    name,
    source,
    ...(service && { service: { namespace: service.namespace, name: service.name, port: service.port } }),
    ...(routes && { routes }),
    ...(shares && { shares }),
    ...(orphan && { orphan }),
    ...(inline && { inline }),
    ...(nodes.state === 'Read' ? { nodes: toNodeRows(nodes.items) } : { unread: nodes.reason }),
  };
}

/** What the gateway has, by name and id: the same upstreams give the same bytes in whatever order they come. */
export function listUpstreams(upstreams: readonly Upstream[]): UpstreamList {
  const sortKey = ({ name, id, inline, gateway = '' }: Upstream) =>
    `${name} ${id} ${inline?.kind ?? ''} ${gateway}`;
  const sorted = [...upstreams].sort((a, b) => compareText(sortKey(a), sortKey(b)));
  return { apiVersion: 'eps/v1', kind: 'UpstreamList', items: sorted.map(toItem) };
}

/** Of one upstream in many pods those come first that are like the fewest others. */
function outliersFirst(items: readonly UpstreamItem[]): readonly UpstreamItem[] {
  const alike = groupBy(items, ({ id, digest = '' }) => `${id} ${digest}`);
  const sizeOf = ({ id, digest = '' }: UpstreamItem) => alike.get(`${id} ${digest}`)?.length ?? 0;
  const sortKey = ({ name, id, gateway, replica = '' }: UpstreamItem) => [
    `${name} ${id} ${gateway}`,
    replica,
  ];
  return [...items].sort((a, b) => {
    const [what = '', where = ''] = sortKey(a);
    const [otherWhat = '', otherWhere = ''] = sortKey(b);
    return compareText(what, otherWhat) || sizeOf(a) - sizeOf(b) || compareText(where, otherWhere);
  });
}

function healthOf({ healthChecks }: Replica, upstream: Upstream): UpstreamItem['healthCheck'] {
  if (healthChecks.state === 'Unread') return { unread: healthChecks.reason };
  const nodes = itemsOf(healthChecks).find((one) => placeOf(one) === placeOf(upstream))?.nodes;
  if (!nodes) return undefined;
  if (nodes.state === 'Unread') return { unread: nodes.reason };
  return { healthy: nodes.items.filter(({ healthy }) => healthy).length, nodes: nodes.items.length };
}

/** What the workers of every pod use, upstream by upstream, side by side. */
export function listReplicas(replicas: readonly Replica[]): UpstreamList {
  const items = replicas.flatMap((replica) =>
    itemsOf(replica.runtime).map((upstream): UpstreamItem => {
      const item = toItem(upstream);
      const nodes = item.nodes?.map(({ address, weight }) => `${address} ${weight}`).join('\n');
      return {
        ...item,
        gateway: replica.gateway,
        replica: replica.name,
        ...optional('digest', nodes === undefined ? '' : digestOf(nodes)),
        ...optional('healthCheck', healthOf(replica, upstream)),
      };
    }),
  );
  return { apiVersion: 'eps/v1', kind: 'UpstreamList', items: outliersFirst(items) };
}
