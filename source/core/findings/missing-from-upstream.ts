import type { Finding } from './finding.ts';
import { addresses, byPort, get, upstreamName } from './words.ts';

export const missingFromUpstream: Finding = {
  code: 'MissingFromUpstream',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2536', 'apache/apisix-ingress-controller#2252'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Missing')).map(({ port, rows }) => {
      const upstream = upstreamName(join, port);
      return {
        severity: 'Error',
        rows,
        upstream,
        message: `${upstream} lacks ${addresses(rows)} of ready pods: they get no traffic`,
        hint: get(join.scope.service, 'apisixroutes'),
      };
    }),
};
