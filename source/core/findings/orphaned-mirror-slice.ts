import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { orphanedMirrors } from './stray-slices.ts';
import { addresses } from './words.ts';

export const orphanedMirrorSlice: Finding = {
  code: 'OrphanedMirrorSlice',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#105987', 'kubernetes/kubernetes#103804'],
  find: ({ join }) => {
    const mirrors = orphanedMirrors(join.scope);
    if (mirrors.length === 0) return [];
    const rows = rowsOfSlices(join, mirrors);
    return [
      {
        severity: 'Error',
        rows,
        swallows: ['Upstream'],
        message: `${namesOf(mirrors)} mirrors Endpoints made by hand before the Service had a selector: ${addresses(rows)} nobody updates`,
        hint: `kubectl delete endpointslices ${mirrors.map(({ name }) => name).join(' ')} -n ${join.scope.service.namespace}`,
      },
    ];
  },
};
