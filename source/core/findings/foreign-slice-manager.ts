import { mirroringController, sliceController, type EndpointSlice } from '../kubernetes.ts';
import { hasSelector } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { addresses, getSlices } from './words.ts';

export const foreignSliceManager: Finding = {
  code: 'ForeignSliceManager',
  layer: 'EndpointSlices',
  references: ['siderolabs/talos#12802', 'zalando/postgres-operator#2973'],
  find: ({ join, unexplained }) => {
    const { service, endpointSlices } = join.scope;
    if (!hasSelector(service)) return [];
    const stale = new Set(unexplained('EndpointSlices', 'Stale'));
    const added = (slices: readonly EndpointSlice[]) =>
      rowsOfSlices(join, slices).filter((row) => stale.has(row));
    const foreign = itemsOf(endpointSlices)
      .filter(({ managedBy }) => managedBy !== sliceController && managedBy !== mirroringController)
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
