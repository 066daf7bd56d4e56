import { upstreamsOfPort } from '../observed.ts';
import type { Finding } from './finding.ts';
import { addresses, byPort, get, upstreamName } from './words.ts';

export const upstreamEmpty: Finding = {
  code: 'UpstreamEmpty',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2252', 'apache/apisix#3072'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Missing'))
      .filter(({ port }) => {
        const upstreams = upstreamsOfPort(join.scope, port.port);
        return (
          upstreams.length > 0 &&
          upstreams.every(({ nodes }) => nodes.state === 'Read' && nodes.items.length === 0)
        );
      })
      .map(({ port, rows }) => {
        const upstream = upstreamName(join, port);
        return {
          severity: 'Error',
          rows,
          upstream,
          message: `${upstream} has no nodes though ${addresses(rows)} should be in it: every request gets 503`,
          hint: get(join.scope.service, 'apisixroutes'),
        };
      }),
};
