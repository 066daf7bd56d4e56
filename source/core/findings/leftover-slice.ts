import { hasSelector } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices, sliceController } from './slices.ts';
import { addresses } from './words.ts';

export const leftoverSlice: Finding = {
  code: 'LeftoverSlice',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#118376', 'kubernetes/kubernetes#91072'],
  find: ({ join }) => {
    const { service, endpointSlices } = join.scope;
    const leftover = itemsOf(endpointSlices).filter(({ managedBy }) => managedBy === sliceController);
    if (hasSelector(service) || service.type === 'ExternalName' || leftover.length === 0) return [];
    const rows = rowsOfSlices(join, leftover);
    return [
      {
        severity: 'Warning',
        rows,
        message: `${namesOf(leftover)} is left from when the Service had a selector: nobody updates its ${addresses(rows)}`,
        hint: `kubectl delete endpointslices ${leftover.map(({ name }) => name).join(' ')} -n ${service.namespace}`,
      },
    ];
  },
};
