import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const staleInEndpoints: Finding = {
  code: 'StaleInEndpoints',
  layer: 'Endpoints',
  severities: ['Warning'],
  summary: 'Endpoints publishes an address that no ready pod has',
  page: {
    meaning:
      'Endpoints holds an address that no ready pod of the Service has. Consumers of Endpoints send requests there. No better cause is known.',
    cause:
      'The controller lags behind, does not run, or stopped writing this object (see EndpointsFrozen); somebody else writes it.',
    objects: [
      'Endpoints   addresses: [{ ip: 10.0.0.7 }]',
      'Pods        none with 10.0.0.7, or it is not ready',
    ],
    action: 'Delete the object: the controller makes it again at once. Let consumers read EndpointSlices.',
    commands: [
      'kubectl get endpoints SERVICE -n NAMESPACE -o yaml',
      'kubectl delete endpoints SERVICE -n NAMESPACE',
    ],
  },
  references: ['kubernetes/kubernetes#127370', 'kubernetes/kubernetes#126578'],
  find: ({ join, unexplained }) => {
    const rows = unexplained('Endpoints', 'Stale');
    if (rows.length === 0) return [];
    const { service } = join.scope;
    return [
      {
        severity: 'Warning',
        rows,
        message: `Endpoints publishes ${addresses(rows)} that no ready pod has`,
        hint: `${get(service, `endpoints ${service.name}`)} -o yaml`,
      },
    ];
  },
};
