import { upstreamsOfPort } from '../observed.ts';
import type { Finding } from './finding.ts';
import { addresses, byPort, upstreamName } from './words.ts';

export const upstreamEmpty: Finding = {
  code: 'UpstreamEmpty',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'the upstream has no nodes though pods are ready: every request gets 503',
  page: {
    meaning:
      'The gateway knows the upstream and it has no nodes, while ready pods wait. APISIX answers every request with 503.',
    cause:
      'The controller wrote the upstream when there were no pods, and has not taken up the change since: it started before them, missed the event, or cannot write.',
    objects: ['"name": "NAMESPACE_SERVICE_PORT", "nodes": []'],
    action:
      'Change the pods or the route so that the controller writes again, or restart the controller: it writes everything on start.',
    commands: [
      'kubectl describe apisixroutes -n NAMESPACE',
      'kubectl rollout restart deployment CONTROLLER -n CONTROLLER_NAMESPACE',
    ],
  },
  references: ['apache/apisix-ingress-controller#2252', 'apache/apisix#3072'],
  find: ({ join, unexplained }) =>
    byPort(join, unexplained('Upstream', 'Missing'))
      .filter(({ port }) => {
        const upstreams = upstreamsOfPort(join.scope, port.port);
        return upstreams.every(({ nodes }) => nodes.state === 'Read' && nodes.items.length === 0);
      })
      .map(({ port, rows }) => {
        const upstream = upstreamName(join, port);
        return {
          severity: 'Error',
          rows,
          upstream,
          message: `${upstream} has no nodes though ${addresses(rows)} should be in it: every request gets 503`,
          hint: `kubectl describe apisixroutes -n ${join.scope.service.namespace}`,
        };
      }),
};
