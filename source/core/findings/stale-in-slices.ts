import { hasSelector } from '../scope.ts';
import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const staleInSlices: Finding = {
  code: 'StaleInSlices',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#105987'],
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
