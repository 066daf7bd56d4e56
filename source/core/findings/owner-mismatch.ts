import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { ofAnotherService } from './stray-slices.ts';

export const ownerMismatch: Finding = {
  code: 'OwnerMismatch',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'a slice belongs to a deleted Service of the same name',
  page: {
    meaning:
      'An EndpointSlice is labelled with the name of this Service, and its owner is a Service of the same name with another uid: one that was deleted.',
    cause:
      'The Service was deleted and made again under its name, and the slice outlived its owner: garbage collection had not come to it, a finalizer held it back, or it was restored from a backup. Consumers find slices by label, not by owner, so they use it.',
    objects: [
      'kind: EndpointSlice',
      'metadata:',
      '  labels: { kubernetes.io/service-name: SERVICE }',
      '  ownerReferences:',
      '    - { kind: Service, name: SERVICE, uid: 1111 }   # the Service has uid 2222',
    ],
    action: 'Delete the slice. The controller has slices of its own for the Service that is there.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o custom-columns=NAME:.metadata.name,OWNER:.metadata.ownerReferences[*].uid',
      'kubectl delete endpointslice SLICE -n NAMESPACE',
    ],
  },
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
