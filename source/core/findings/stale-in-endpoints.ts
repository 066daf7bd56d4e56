import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const staleInEndpoints: Finding = {
  code: 'StaleInEndpoints',
  layer: 'Endpoints',
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
