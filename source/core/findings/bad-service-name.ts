import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { rowsOfPort, spellUpstream } from './words.ts';

export const badServiceName: Finding = {
  code: 'BadServiceName',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'the upstream looks its nodes up under a name that APISIX does not have',
  page: {
    meaning:
      'The upstream leaves its nodes to APISIX (discovery_type: kubernetes), and its service_name is not spelled as the discovery files them. It finds none: every request gets 503.',
    cause:
      'Service discovery wants namespace/name:port, with the name of the port; without a name, the number of the port of the pods. People write the number of the Service port, or the name that DNS knows.',
    objects: [
      '"discovery_type": "kubernetes"',
      '"service_name": "default/echo:80"      should be "default/echo:http"',
    ],
    action: 'Correct service_name in the upstream, wherever it is kept.',
    commands: ['kubectl eps upstream ID', 'kubectl get service SERVICE -n NAMESPACE -o yaml'],
  },
  references: ['apache/apisix#7650', 'apache/apisix-helm-chart#539', 'apache/apisix#7026'],
  find: ({ join, unexplained }) =>
    itemsOf(join.scope.upstreams).flatMap((upstream) => {
      const { id, discovery, service } = upstream;
      if (discovery?.shouldBe === undefined) return [];
      const { rows, ...port } = rowsOfPort(join, service?.port, unexplained('Upstream', 'Missing'));
      return [
        {
          severity: 'Error' as const,
          rows,
          ...port,
          upstream: spellUpstream(upstream),
          message: `${spellUpstream(upstream)} looks its nodes up as "${discovery.serviceName}", which finds none: did you mean ${discovery.shouldBe}?`,
          hint: `kubectl eps upstream ${id}`,
        },
      ];
    }),
};
