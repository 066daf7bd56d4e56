import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { get, spellUpstream } from './words.ts';

export const headlessNoneNode: Finding = {
  code: 'HeadlessNoneNode',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'the upstream has the host "None", the ClusterIP of a headless Service',
  page: {
    meaning:
      'The only node of the upstream is the host name "None". It is the text that a headless Service has for its ClusterIP; no request can reach it.',
    cause:
      'The route asks for resolveGranularity: service, that is for the ClusterIP of the Service, and the Service has none. The controller looks for an empty ClusterIP, and takes "None" for an address.',
    objects: [
      'kind: Service       spec: { clusterIP: None }',
      'kind: ApisixRoute   backends: [{ serviceName: SERVICE, resolveGranularity: service }]',
      'Upstream            "nodes": [{ "host": "None", ... }]',
    ],
    action:
      'Take resolveGranularity away from the backend: the addresses of the pods are used then. Or give the Service a ClusterIP (it must be made anew for that).',
    commands: [
      'kubectl get apisixroutes -n NAMESPACE -o yaml',
      'kubectl edit apisixroute ROUTE -n NAMESPACE',
    ],
  },
  references: [],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams).flatMap((one) => {
      const { nodes } = one;
      const none = itemsOf(nodes).filter(({ host }) => host === 'none');
      const upstream = spellUpstream(one);
      if (none.length === 0) return [];
      return [
        {
          severity: 'Error' as const,
          rows: [],
          addresses: none,
          upstream,
          message: `${upstream} has the host "None", the ClusterIP of a headless Service: no request can reach it`,
          hint: `${get(join.scope.service, 'apisixroutes -o yaml')}  # take "resolveGranularity: service" away from its backend`,
        },
      ];
    }),
};
