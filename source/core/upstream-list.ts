import { compareText, formatAddress, sortByAddress } from './address.ts';
import type { NodeRow, UpstreamItem, UpstreamList } from './report.ts';
import type { Upstream, UpstreamNode } from './snapshot.ts';

function toNodeRows(nodes: readonly UpstreamNode[]): readonly NodeRow[] {
  return sortByAddress(nodes, (node) => node).map((node) => ({
    address: formatAddress(node),
    weight: node.weight,
    priority: node.priority,
  }));
}

function toItem({ id, name, source, service, inline, nodes, ...rest }: Upstream): UpstreamItem {
  const { routes, shares, orphan } = rest;
  return {
    gateway: 'apisix',
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
  const sortKey = ({ name, id, inline }: Upstream) => `${name} ${id} ${inline?.kind ?? ''}`;
  const sorted = [...upstreams].sort((a, b) => compareText(sortKey(a), sortKey(b)));
  return { apiVersion: 'eps/v1', kind: 'UpstreamList', items: sorted.map(toItem) };
}
