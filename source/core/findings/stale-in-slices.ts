import { hasSelector } from '../scope.ts';
import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const staleInSlices: Finding = {
  code: 'StaleInSlices',
  layer: 'EndpointSlices',
  severities: ['Error'],
  summary: 'the EndpointSlices publish an address that no ready pod has',
  page: {
    meaning:
      'A slice holds, as ready, an address that no ready pod of the Service has. Requests there fail, or reach somebody else who has the IP now. No better cause is known.',
    cause:
      'The controller lags behind or does not run, or a slice of its own was edited by hand: it repairs only what it knows to have changed.',
    objects: [
      'EndpointSlice   endpoint 10.0.0.7, ready: true',
      'Pods            none with 10.0.0.7, or it is not ready',
    ],
    action:
      'Ask again: what lasts only a moment is the lag of a busy controller. What lasts: delete the slice, it is made again with the right addresses.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o yaml',
      'kubectl delete endpointslice SLICE -n NAMESPACE',
    ],
  },
  references: ['kubernetes/kubernetes#85353'],
  find: ({ join, unexplained }) => {
    const rows = unexplained('EndpointSlices', 'Stale');
    if (rows.length === 0) return [];
    const { service } = join.scope;
    const whose = hasSelector(service) ? 'no ready pod has' : 'Endpoints, which they mirror, does not have';
    return [
      {
        severity: 'Error',
        rows,
        message: `the EndpointSlices publish ${addresses(rows)} that ${whose}`,
        hint: `${getSlices(service)} -o yaml`,
      },
    ];
  },
};
