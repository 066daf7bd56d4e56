import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { ofAnotherService } from './stray-slices.ts';

export const ownerMismatch: Finding = {
  code: 'OwnerMismatch',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#85353', 'kubernetes/kubernetes#94720'],
  find: ({ join }) => {
    const others = ofAnotherService(join.scope);
    if (others.length === 0) return [];
    return [
      {
        severity: 'Warning',
        rows: rowsOfSlices(join, others),
        swallows: ['Upstream'],
        message: `${namesOf(others)} belongs to another Service of this name, one that was deleted`,
        hint: `kubectl delete endpointslices ${others.map(({ name }) => name).join(' ')} -n ${join.scope.service.namespace}`,
      },
    ];
  },
};
