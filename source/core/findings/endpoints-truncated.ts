import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count, getSlices } from './words.ts';

/** `maxCapacity` of the endpoints controller: addresses, ready or not, over all subsets. */
export const endpointsCapacity = 1000;

export const endpointsTruncated: Finding = {
  code: 'EndpointsTruncated',
  layer: 'Endpoints',
  references: ['kubernetes/kubernetes#99975', 'kubernetes/kubernetes#103520', 'kubernetes/kubernetes#73324'],
  find: ({ join, unexplained }) => {
    const cut = itemsOf(join.scope.endpoints).some(({ overCapacity }) => overCapacity === 'truncated');
    const rows = cut
      ? unexplained('Endpoints', 'Missing').filter(({ actual }) => actual.Endpoints === 'Absent')
      : [];
    if (rows.length === 0) return [];
    const ready = rows.filter(({ expected }) => expected.Endpoints === 'Ready').length;
    const all = join.rows.filter(({ expected }) => ['Ready', 'NotReady'].includes(expected.Endpoints)).length;
    return [
      {
        severity: ready > 0 ? 'Error' : 'Warning',
        rows,
        message: `${rows.length} of ${count(all, 'address', 'addresses')} are not in Endpoints (limit ${endpointsCapacity}), ${ready} of them ready`,
        hint: `${getSlices(join.scope.service)}  # has them all: let consumers read EndpointSlices`,
      },
    ];
  },
};
