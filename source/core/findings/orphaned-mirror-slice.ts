import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { orphanedMirrors } from './stray-slices.ts';
import { addresses } from './words.ts';

export const orphanedMirrorSlice: Finding = {
  code: 'OrphanedMirrorSlice',
  layer: 'EndpointSlices',
  severities: ['Error'],
  summary: 'a mirror of hand-made Endpoints stayed behind when the Service got a selector',
  page: {
    meaning:
      'The Service has a selector, and still there is a slice that the mirroring controller made from Endpoints written by hand. Its addresses are those of that time. Consumers merge all slices of a Service, so dead addresses get traffic.',
    cause:
      'The selector was removed and given back, or the type changed to ExternalName and back. Servers before 1.23 did not take the mirror away (1.20 to 1.22 do since the patch releases of late 2021); later ones do, within a second.',
    objects: [
      'kind: EndpointSlice',
      'metadata:',
      '  labels:',
      '    endpointslice.kubernetes.io/managed-by: endpointslicemirroring-controller.k8s.io',
      '  ownerReferences: [{ kind: Endpoints, name: SERVICE }]',
    ],
    action: 'Delete the mirror: with a selector nobody updates it and nobody makes it again.',
    commands: [
      'kubectl delete endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE,endpointslice.kubernetes.io/managed-by=endpointslicemirroring-controller.k8s.io',
    ],
  },
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
