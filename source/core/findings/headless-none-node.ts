import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';

export const headlessNoneNode: Finding = {
  code: 'HeadlessNoneNode',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#1225'],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams).flatMap(({ id, name, nodes }) => {
      const none = nodes.state === 'Read' ? nodes.items.filter(({ host }) => host === 'none') : [];
      const upstream = name === '' ? id : name;
      if (none.length === 0) return [];
      return [
        {
          severity: 'Error' as const,
          rows: [],
          addresses: none,
          upstream,
          message: `${upstream} has the host "None", the ClusterIP of a headless Service: no request can reach it`,
          hint: `kubectl patch apisixroute ROUTE -n ${join.scope.service.namespace} --type=json -p '[{"op":"remove","path":"/spec/http/0/backends/0/resolveGranularity"}]'`,
        },
      ];
    }),
};
