import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const terminatingEndpoint: Finding = {
  code: 'TerminatingEndpoint',
  layer: 'EndpointSlices',
  references: ['kubernetes/enhancements#1672'],
  find: ({ join }) => {
    const rows = join.rows.filter(
      ({ expected, actual }) =>
        expected.EndpointSlices === 'Terminating' && actual.EndpointSlices === 'Terminating',
    );
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Info',
        rows,
        message: `${addresses(rows)} of terminating pods are in the EndpointSlices, by design, and get no new requests`,
        hint: getSlices(join.scope.service),
      },
    ];
  },
};
