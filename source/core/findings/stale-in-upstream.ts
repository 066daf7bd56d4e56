import { isTerminal } from '../expected.ts';
import type { Join, Row } from '../join.ts';
import type { Finding } from './finding.ts';
import { addresses, byPort, get, upstreamName } from './words.ts';

/** Pods of other applications that have been given an IP of these rows since. */
function strangers({ scope }: Join, rows: readonly Row[]): readonly string[] {
  const free = new Set(rows.filter(({ pods }) => pods.length === 0).map(({ address }) => address.host));
  return scope.neighbours
    .filter((pod) => !isTerminal(pod) && pod.podIPs.some((ip) => free.has(ip)))
    .map(({ name }) => name);
}

export const staleInUpstream: Finding = {
  code: 'StaleInUpstream',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2060', 'apache/apisix-ingress-controller#2589'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Stale')).map(({ port, rows }) => {
      const upstream = upstreamName(join, port);
      const others = strangers(join, rows);
      const wrong = others.length === 0 ? 'fail' : `fail, or reach ${others.slice(0, 3).join(', ')}`;
      return {
        severity: 'Error',
        rows,
        ...(others.length > 0 && { pods: others }),
        upstream,
        message: `${upstream} still routes to ${addresses(rows)} that no ready pod has: requests there ${wrong}`,
        hint: get(join.scope.service, 'pods -o wide'),
      };
    }),
};
