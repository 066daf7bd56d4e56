import { hasSelector } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { mirroringController, namesOf, rowsOfSlices } from './slices.ts';
import { addresses } from './words.ts';

export const orphanedMirrorSlice: Finding = {
  code: 'OrphanedMirrorSlice',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#105987', 'kubernetes/kubernetes#103804'],
  find: ({ join }) => {
    const { service, endpointSlices } = join.scope;
    const mirrors = itemsOf(endpointSlices).filter(({ managedBy }) => managedBy === mirroringController);
    if (!hasSelector(service) || mirrors.length === 0) return [];
    const rows = rowsOfSlices(join, mirrors);
    return [
      {
        severity: 'Error',
        rows,
        swallows: ['Upstream'],
        message: `${namesOf(mirrors)} mirrors Endpoints made by hand before the Service had a selector: ${addresses(rows)} nobody updates`,
        hint: `kubectl delete endpointslices ${mirrors.map(({ name }) => name).join(' ')} -n ${service.namespace}`,
      },
    ];
  },
};
