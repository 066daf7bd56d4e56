import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const missingFromSlices: Finding = {
  code: 'MissingFromSlices',
  layer: 'EndpointSlices',
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
