import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const missingFromSlices: Finding = {
  code: 'MissingFromSlices',
  layer: 'EndpointSlices',
  severities: ['Error'],
  summary: 'a pod is not published in the EndpointSlices as it should be',
  page: {
    meaning:
      'By the rules of the endpointslice controller the address should be in a slice, or be ready there, and it is not. Whoever reads the slices, kube-proxy first of all, sends the pod no traffic. No better cause is known.',
    cause:
      'The controller lags behind or does not run (look at its leader lease), its writes fail (events FailedToUpdateEndpointSlices), or a slice was edited or deleted by hand.',
    objects: [
      'Pod             Ready=True, 10.0.0.7',
      'EndpointSlice   no endpoint 10.0.0.7, or one with ready: false',
    ],
    action:
      'Ask again: what lasts only a moment is the lag of a busy controller. What lasts: read the events of the Service and the log of kube-controller-manager. Any write to the Service makes it look again.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o yaml',
      'kubectl describe service SERVICE -n NAMESPACE',
      'kubectl get lease kube-controller-manager -n kube-system',
    ],
  },
  references: ['kubernetes/kubernetes#92928'],
  find: ({ join, unexplained }) => {
    const rows = unexplained('EndpointSlices', 'Missing');
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Error',
        rows,
        message: `${addresses(rows)} should be in the EndpointSlices and cannot be found there as expected`,
        hint: `${getSlices(join.scope.service)} -o yaml`,
      },
    ];
  },
};
