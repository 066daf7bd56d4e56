import { sliceController, type EndpointSlice } from '../kubernetes.ts';
import { hasSelector } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { addresses, getSlices } from './words.ts';

export const foreignSliceManager: Finding = {
  code: 'ForeignSliceManager',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'a slice of another manager adds addresses that no pod of the Service has',
  page: {
    meaning:
      'Somebody other than Kubernetes writes slices for this Service, which has a selector, and they hold addresses that none of its pods has. Consumers merge all slices of a Service, whoever manages them.',
    cause:
      'An operator, a multi-cluster controller or a person adds slices with the label kubernetes.io/service-name. Some only add and never take away, so addresses of nodes and pods that are gone stay.',
    objects: [
      'kind: EndpointSlice',
      'metadata:',
      '  labels:',
      '    kubernetes.io/service-name: SERVICE',
      '    endpointslice.kubernetes.io/managed-by: example-operator   # or no such label at all',
    ],
    action:
      'If the addresses are meant to be there, this is as it should be and can be told apart by the manager. Otherwise delete the slice, and mend its manager: it will write it again.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE --show-labels',
      'kubectl delete endpointslice SLICE -n NAMESPACE',
    ],
  },
  references: ['siderolabs/talos#12802', 'zalando/postgres-operator#2973'],
  find: ({ join, unexplained }) => {
    const { service, endpointSlices } = join.scope;
    if (!hasSelector(service)) return [];
    const stale = new Set(unexplained('EndpointSlices', 'Stale'));
    const added = (slices: readonly EndpointSlice[]) =>
      rowsOfSlices(join, slices).filter((row) => stale.has(row));
    const foreign = itemsOf(endpointSlices)
      .filter(({ managedBy }) => managedBy !== sliceController)
      .filter((slice) => added([slice]).length > 0);
    const rows = added(foreign);
    if (rows.length === 0) return [];
    const managers = [...new Set(foreign.map(({ managedBy }) => managedBy || 'nobody'))].sort().join(', ');
    return [
      {
        severity: 'Warning',
        rows,
        swallows: ['Upstream'],
        message: `${namesOf(foreign)}, managed by ${managers}, adds ${addresses(rows)} that no pod of the Service has`,
        hint: `${getSlices(service)} --show-labels`,
      },
    ];
  },
};
