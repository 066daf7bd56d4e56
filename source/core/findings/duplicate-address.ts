import type { Finding } from './finding.ts';
import { isContradictory, mentionedTwice, podUids } from './mentions.ts';
import { addresses, getSlices } from './words.ts';

export const duplicateAddress: Finding = {
  code: 'DuplicateAddress',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'the EndpointSlices hold an address twice: it gets double weight from some consumers',
  page: {
    meaning:
      'One address of one pod stands in two slices, or twice in one. Kubernetes allows that for a moment and asks consumers to merge; those that do not give the address double weight. By their sources, the discovery of APISIX and its ingress controller do not merge.',
    cause:
      'The controller moves an address between slices, or wrote from a cache that was behind. When it lasts, a second manager or a person wrote one of the slices.',
    objects: ['web-abc12   10.0.0.1,10.0.0.7', 'web-def34   10.0.0.7,10.0.0.9'],
    action:
      'Ask again: a move takes less than a second. What lasts: delete the slice that does not belong there; those of the controller are made again.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE --show-labels',
      'kubectl delete endpointslice SLICE -n NAMESPACE',
    ],
  },
  references: ['kubernetes/kubernetes#92928', 'kubernetes/kubernetes#99345'],
  find: ({ join }) => {
    const rows = mentionedTwice(join, 'EndpointSlices')
      .filter(({ mentions }) => podUids(mentions).size <= 1 && !isContradictory(mentions))
      .map(({ row }) => row);
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Warning',
        rows,
        message: `the EndpointSlices hold ${addresses(rows)} twice: that is double weight with consumers that do not merge them`,
        hint: `${getSlices(join.scope.service)} -o yaml`,
      },
    ];
  },
};
