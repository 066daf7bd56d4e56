import type { Finding } from './finding.ts';
import { addresses, byPort, get, upstreamName } from './words.ts';

export const staleInUpstream: Finding = {
  code: 'StaleInUpstream',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2060', 'apache/apisix-ingress-controller#2589'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Stale')).map(({ port, rows }) => {
      const upstream = upstreamName(join, port);
      return {
        severity: 'Error',
        rows,
        upstream,
        message: `${upstream} still routes to ${addresses(rows)} that no ready pod has: requests there fail`,
        hint: get(join.scope.service, 'pods -o wide'),
      };
    }),
};
