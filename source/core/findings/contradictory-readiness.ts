import type { Finding } from './finding.ts';
import { isContradictory, mentionedTwice, podUids } from './mentions.ts';
import { addresses, get } from './words.ts';

export const contradictoryReadiness: Finding = {
  code: 'ContradictoryReadiness',
  layer: 'Endpoints',
  severities: ['Warning'],
  summary: 'a layer says of one address both that it is ready and that it is not',
  page: {
    meaning:
      'The same address of the same pod stands twice in the layer (EndpointSlices or Endpoints), once as ready and once as not ready. Each consumer decides for itself which one counts.',
    cause:
      'An address moves between two slices and is for a moment in both; when it lasts, somebody else wrote one of them. In Endpoints, a hand-made object or a controller that merges subsets wrongly.',
    objects: ['subsets:', '  - addresses: [{ ip: 10.0.0.7 }]', '    notReadyAddresses: [{ ip: 10.0.0.7 }]'],
    action:
      'Ask again: a move takes less than a second. What lasts: delete the object that is wrong; the controller makes it again.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o yaml',
      'kubectl get endpoints SERVICE -n NAMESPACE -o yaml',
    ],
  },
  references: ['kubernetes/kubernetes#121556', 'kubernetes/kubernetes#121330'],
  find: ({ join }) =>
    (['EndpointSlices', 'Endpoints'] as const).flatMap((layer) => {
      const rows = mentionedTwice(join, layer)
        .filter(({ mentions }) => podUids(mentions).size <= 1 && isContradictory(mentions))
        .map(({ row }) => row);
      if (rows.length === 0) return [];
      const { service } = join.scope;
      return [
        {
          severity: 'Warning',
          layer,
          rows,
          message: `${layer} says both ready and not ready of ${addresses(rows)}`,
          hint: `${get(service, layer === 'Endpoints' ? `endpoints ${service.name}` : `endpointslices -l kubernetes.io/service-name=${service.name}`)} -o yaml`,
        },
      ];
    }),
};
