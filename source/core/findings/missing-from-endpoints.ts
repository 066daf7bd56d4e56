import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const missingFromEndpoints: Finding = {
  code: 'MissingFromEndpoints',
  layer: 'Endpoints',
  severities: ['Warning'],
  summary: 'a pod is not in Endpoints as it should be',
  page: {
    meaning:
      'By the rules of the endpoints controller the address should be in Endpoints, and it is not, though the cut at 1000 addresses would leave it there. Consumers of Endpoints send the pod no traffic; those of the slices are not touched. No better cause is known.',
    cause:
      'The controller lags behind, does not run, or compared with a stale copy; somebody else writes the object (leader election, an operator).',
    objects: ['Pod         Ready=True, 10.0.0.7', 'Endpoints   10.0.0.7 in no subset'],
    action: 'Delete the object: the controller makes it again at once. Let consumers read EndpointSlices.',
    commands: [
      'kubectl get endpoints SERVICE -n NAMESPACE -o yaml',
      'kubectl delete endpoints SERVICE -n NAMESPACE',
    ],
  },
  references: ['kubernetes/kubernetes#125638'],
  find: ({ join, unexplained }) => {
    const rows = unexplained('Endpoints', 'Missing');
    if (rows.length === 0) return [];
    const { service } = join.scope;
    return [
      {
        severity: 'Warning',
        rows,
        message: `${addresses(rows)} should be in Endpoints and cannot be found there as expected`,
        hint: `${get(service, `endpoints ${service.name}`)} -o yaml`,
      },
    ];
  },
};
