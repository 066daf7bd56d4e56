import { hasSelector } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { mentionedTwice, podUids } from './mentions.ts';
import { mirroringController, rowsOfSlices, sliceController } from './slices.ts';
import { addresses, getSlices } from './words.ts';

export const duplicateAddress: Finding = {
  code: 'DuplicateAddress',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#92928', 'kubernetes/kubernetes#99345'],
  find: ({ join }) => {
    const { service, endpointSlices } = join.scope;
    // Leftover and orphaned slices repeat addresses by their nature: they have their own names.
    const stray = hasSelector(service) ? mirroringController : sliceController;
    const named = new Set(
      rowsOfSlices(
        join,
        itemsOf(endpointSlices).filter(({ managedBy }) => managedBy === stray),
      ),
    );
    const rows = mentionedTwice(join, 'EndpointSlices')
      .filter(({ row, mentions }) => !named.has(row) && podUids(mentions).size <= 1)
      .map(({ row }) => row);
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Warning',
        rows,
        message: `the EndpointSlices hold ${addresses(rows)} twice: consumers that do not merge them give those double weight`,
        hint: `${getSlices(service)} -o yaml`,
      },
    ];
  },
};
