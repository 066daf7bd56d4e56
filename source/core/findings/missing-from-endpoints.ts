import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const missingFromEndpoints: Finding = {
  code: 'MissingFromEndpoints',
  layer: 'Endpoints',
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
