import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { countNodes, rowsOfPort } from './words.ts';

export const inlineUpstreamShadow: Finding = {
  code: 'InlineUpstreamShadow',
  layer: 'Upstream',
  severities: ['Error'],
  summary:
    'an APISIX service routes by its inline upstream; the one that is kept up to date is used by nothing',
  page: {
    meaning:
      'The APISIX service holds an upstream inside itself, and APISIX uses that one. The controller meanwhile keeps an upstream object of the same id up to date to which nothing refers. Everybody reports success, and requests go to the inline nodes, which age.',
    cause:
      'ADC, the program by which apisix-ingress-controller 2.x writes, put nodes inside the service until 0.21 and into an upstream object of its own since 0.22. Upgrading over that line leaves the old inline upstream: ADC updates the new object only and does not see that the service still carries the old one.',
    objects: [
      'GET /apisix/admin/services/ID     "upstream": { "nodes": [ ... old ... ] }   and no "upstream_id"',
      'GET /apisix/admin/upstreams/ID    "nodes": [ ... right ... ]                and nothing refers to it',
      'ApisixRoute                       Accepted=True',
    ],
    action:
      'Have the service written anew: delete the route object (ApisixRoute, HTTPRoute, Ingress) and apply it again, which interrupts its traffic for a moment, or remove the inline upstream through the admin API and set upstream_id. Later changes of pods are followed from then on.',
    commands: ['kubectl eps upstream ID', 'kubectl get apisixroutes -n NAMESPACE'],
  },
  references: ['apache/apisix-ingress-controller#2708', 'api7/adc#354'],
  find: ({ join, unexplained }) =>
    itemsOf(join.scope.upstreams)
      .filter(({ shadows }) => shadows !== undefined)
      .map((upstream) => {
        const { id, service, shadows = '' } = upstream;
        const diverging = [...unexplained('Upstream', 'Missing'), ...unexplained('Upstream', 'Stale')];
        const { rows, ...port } = rowsOfPort(join, service?.port, diverging);
        return {
          severity: 'Error',
          rows: [],
          explains: rows,
          addresses: itemsOf(upstream.nodes),
          ...port,
          upstream: id,
          message: `the APISIX service ${id} routes by its inline upstream of ${countNodes(upstream)}: the upstream ${shadows}, which the controller keeps, is used by nothing`,
          hint: `kubectl eps upstream ${id}`,
        };
      }),
};
