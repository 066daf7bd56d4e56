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
  severities: ['Error'],
  summary: 'the gateway still routes to an address that no ready pod has: requests fail',
  page: {
    meaning:
      'A node of the upstream is the address of no ready pod: the gateway still routes to a deleted pod IP. Requests there time out or are refused (502, 504), or reach somebody else who has the IP now.',
    cause:
      'The controller of the gateway lags behind, lost an event or its lease, or its writes fail while it reports success. Some versions are known for it: see below. Or a person put the node there.',
    objects: [
      'Upstream   "nodes": [{ "host": "10.0.0.7", ... }]',
      'Pods       none with 10.0.0.7, or it is not ready',
    ],
    action:
      'Ask again: what lasts only a moment is lag. What lasts: read the log of the controller, and restart it: it writes everything on start.',
    commands: [
      'kubectl eps upstream UPSTREAM',
      'kubectl get pods -n NAMESPACE -o wide',
      'kubectl rollout restart deployment CONTROLLER -n CONTROLLER_NAMESPACE',
    ],
  },
  references: ['apache/apisix-ingress-controller#2060', 'apache/apisix-ingress-controller#2589'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Stale')).map(({ port, rows }) => {
      const upstream = upstreamName(join, port, 'holds', rows);
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
