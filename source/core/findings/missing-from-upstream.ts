import type { Finding } from './finding.ts';
import { addresses, byPort, upstreamName } from './words.ts';

export const missingFromUpstream: Finding = {
  code: 'MissingFromUpstream',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'the gateway sends a ready pod no traffic',
  page: {
    meaning:
      'A ready pod is in the EndpointSlices and not among the nodes of the upstream. The gateway sends it nothing. No better cause is known.',
    cause:
      'The controller of the gateway lags behind, lost an event or its lease, or its writes fail while it reports success. Compare which layer is right: when the slices are, the fault is on the side of the gateway.',
    objects: [
      'EndpointSlice   10.0.0.7, ready: true',
      'Upstream        "nodes": [ ... without 10.0.0.7 ... ]',
    ],
    action:
      'Ask again: what lasts only a moment is lag. What lasts: read the log of the controller, and restart it: it writes everything on start. Controllers 1.x since 1.7 repair such drift once an hour by themselves (apisix_resource_sync_interval), 2.x once a sync period.',
    commands: [
      'kubectl eps upstream UPSTREAM',
      'kubectl describe apisixroutes -n NAMESPACE',
      'kubectl rollout restart deployment CONTROLLER -n CONTROLLER_NAMESPACE',
    ],
  },
  references: ['apache/apisix-ingress-controller#2536', 'apache/apisix-ingress-controller#2252'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Missing')).map(({ port, rows }) => {
      const upstream = upstreamName(join, port, 'lacks', rows);
      return {
        severity: 'Error',
        rows,
        upstream,
        message: `${upstream} lacks ${addresses(rows)} of ready pods: they get no traffic`,
        hint: `kubectl describe apisixroutes -n ${join.scope.service.namespace}`,
      };
    }),
};
