import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const staleInSlices: Finding = {
  code: 'StaleInSlices',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#105987'],
  find: ({ join, unexplained }) => {
    const rows = unexplained('EndpointSlices', 'Stale');
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Error',
        rows,
        message: `the EndpointSlices publish ${addresses(rows)} that no ready pod has`,
        hint: `${getSlices(join.scope.service)} -o yaml`,
      },
    ];
  },
};
