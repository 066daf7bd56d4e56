import { formatAddress } from '../address.ts';
import { itemsOf, type UpstreamNode } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count, spellUpstream } from './words.ts';

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
  severities: ['Warning'],
  summary: 'the upstream has a node twice: it gets double weight',
  page: {
    meaning:
      'The same host and port stands twice among the nodes of the upstream: it gets twice the requests of the others.',
    cause:
      'The gateway or its controller joined slices without merging what they have in common. See whether DuplicateAddress or AddressReused is reported too: then the slices are the source.',
    objects: [
      '"nodes": [',
      '  { "host": "10.0.0.7", "port": 8080, "weight": 100 },',
      '  { "host": "10.0.0.7", "port": 8080, "weight": 100 } ]',
    ],
    action:
      'Mend the slices where they are the source. Otherwise the next change of pods makes the controller write the nodes anew.',
    commands: [
      'kubectl eps upstream UPSTREAM',
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o yaml',
    ],
  },
  references: [],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams).flatMap((one) => {
      const { id, nodes } = one;
      const twice = repeated(itemsOf(nodes));
      const upstream = spellUpstream(one);
      if (twice.length === 0) return [];
      return [
        {
          severity: 'Warning' as const,
          rows: [],
          addresses: twice,
          upstream,
          message: `${upstream} has ${count(twice.length, 'node')} twice: that is double weight`,
          hint: `kubectl eps upstream ${id}`,
        },
      ];
    }),
};
