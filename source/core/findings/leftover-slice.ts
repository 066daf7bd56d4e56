import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { leftovers } from './stray-slices.ts';
import { addresses } from './words.ts';

export const leftoverSlice: Finding = {
  code: 'LeftoverSlice',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'slices from when the Service had a selector are still there',
  page: {
    meaning:
      'The Service has no selector, and still there are slices of the endpointslice controller. They hold the addresses of the moment when the selector was removed and follow no pod any more; beside them stands the mirror of Endpoints.',
    cause:
      'Removing a selector hands the addresses over to people. The controller lets go of the Service and leaves its slices; the mirroring controller then mirrors the Endpoints, which hold the same addresses for now. This is so in every release: the thread is open.',
    objects: [
      'NAME        ADDRESSTYPE   PORTS   ENDPOINTS   managed-by',
      'web-abc12   IPv4          8080    10.0.0.1    endpointslice-controller.k8s.io            # left over',
      'web-x7k2p   IPv4          8080    10.0.0.1    endpointslicemirroring-controller.k8s.io   # the mirror',
    ],
    action:
      'Delete the slices that are left over and write the Endpoints as they should be, or give the Service its selector back.',
    commands: [
      'kubectl delete endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE,endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io',
    ],
  },
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
