import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count, get, rowsOfPort, spellUpstream } from './words.ts';

export const discoveryDeadKey: Finding = {
  code: 'DiscoveryDeadKey',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'APISIX still finds nodes for an Endpoints object that is gone',
  page: {
    meaning:
      'The nodes that the service discovery of APISIX has for the Service are those of an Endpoints object that no longer exists. They get requests, and nothing will ever remove them.',
    cause:
      'Before 3.15.0 APISIX names two hooks wrongly, so what was deleted while its watch was broken stays in its memory.',
    objects: [
      'GET /v1/discovery/kubernetes/dump   "name": "NAMESPACE/SERVICE" with nodes',
      'kubectl get endpoints SERVICE       NotFound',
    ],
    action: 'Restart the APISIX pods one after the other, and upgrade to 3.15.0 or later.',
    commands: [
      'kubectl get endpoints SERVICE -n NAMESPACE',
      'kubectl rollout restart deployment -n APISIX_NAMESPACE',
    ],
  },
  references: ['apache/apisix#12288'],
  find: ({ join, unexplained }) => {
    const { endpoints, upstreams, service: own } = join.scope;
    if (endpoints.state !== 'Read' || endpoints.items.length > 0) return [];
    return itemsOf(upstreams).flatMap((upstream) => {
      const { discovery, nodes, service } = upstream;
      const isDead =
        discovery?.type === 'kubernetes' &&
        discovery.wantsSlices !== true &&
        nodes.state === 'Read' &&
        nodes.items.length > 0;
      if (!isDead) return [];
      const { rows, ...port } = rowsOfPort(join, service?.port, unexplained('Upstream', 'Stale'));
      return [
        {
          severity: 'Error' as const,
          rows,
          ...port,
          upstream: spellUpstream(upstream),
          message: `APISIX still finds ${count(nodes.items.length, 'node')} as "${discovery.serviceName}", though the Endpoints object is gone: before 3.15.0 it drops no key whose end it did not see`,
          hint: get(join.scope.service, `endpoints ${own.name}`),
        },
      ];
    });
  },
};
