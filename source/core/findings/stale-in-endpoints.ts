import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const staleInEndpoints: Finding = {
  code: 'StaleInEndpoints',
  layer: 'Endpoints',
  severities: ['Warning'],
  summary: 'Endpoints publishes an address that no ready pod has',
  page: {
    meaning:
      'Endpoints holds an address that no pod of the Service has, or has as ready one whose pod is not. Consumers of Endpoints send requests to those that it has as ready; others are leftovers. No better cause is known.',
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
    const stale = unexplained('Endpoints', 'Stale');
    const { service } = join.scope;
    const hint = `${get(service, `endpoints ${service.name}`)} -o yaml`;
    const ready = stale.filter(({ actual }) => actual.Endpoints === 'Ready');
    const leftover = stale.filter(({ actual }) => actual.Endpoints !== 'Ready');
    const published = `Endpoints publishes ${addresses(ready)} that no ready pod has`;
    const held = `Endpoints holds ${addresses(leftover)}, not as ready, of pods that are gone or going`;
    return [
      { severity: 'Warning' as const, rows: ready, message: published, hint },
      { severity: 'Warning' as const, rows: leftover, message: held, hint },
    ].filter(({ rows }) => rows.length > 0);
  },
};
