import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { leftovers } from './stray-slices.ts';
import { addresses } from './words.ts';

export const leftoverSlice: Finding = {
  code: 'LeftoverSlice',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#118376', 'kubernetes/kubernetes#91072'],
  find: ({ join }) => {
    const leftover = leftovers(join.scope);
    if (leftover.length === 0) return [];
    const rows = rowsOfSlices(join, leftover);
    return [
      {
        severity: 'Warning',
        rows,
        message: `${namesOf(leftover)} is left from when the Service had a selector: nobody updates its ${addresses(rows)}`,
        hint: `kubectl delete endpointslices ${leftover.map(({ name }) => name).join(' ')} -n ${join.scope.service.namespace}`,
      },
    ];
  },
};
