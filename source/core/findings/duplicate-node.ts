import { formatAddress } from '../address.ts';
import { itemsOf, type UpstreamNode } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count } from './words.ts';

function repeated(nodes: readonly UpstreamNode[]): readonly UpstreamNode[] {
  const seen = new Set<string>();
  return nodes.filter((node) => {
    const text = formatAddress(node);
    const again = seen.has(text);
    seen.add(text);
    return again;
  });
}

export const duplicateNode: Finding = {
  code: 'DuplicateNode',
  layer: 'Upstream',
  references: ['apache/apisix#10916'],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams).flatMap(({ id, name, nodes }) => {
      const twice = nodes.state === 'Read' ? repeated(nodes.items) : [];
      const upstream = name === '' ? id : name;
      if (twice.length === 0) return [];
      return [
        {
          severity: 'Warning' as const,
          rows: [],
          addresses: twice,
          upstream,
          message: `${upstream} has ${count(twice.length, 'node')} twice: they get double weight`,
          hint: `kubectl eps upstream ${id}`,
        },
      ];
    }),
};
