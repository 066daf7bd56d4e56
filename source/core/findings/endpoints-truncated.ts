import { endpointsCapacity, predictCut } from '../cut.ts';
import type { Join, Row } from '../join.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count, getSlices } from './words.ts';

/** Empty when the object lacks just what the controller cuts; else how far it is from that. */
function notByRule({ rows: all, scope }: Join, lost: readonly Row[]): string {
  const predicted = predictCut(
    all,
    itemsOf(scope.endpoints).flatMap(({ subsets }) => subsets),
  );
  const others = lost.filter((row) => !predicted.has(row)).length;
  return others === 0 ? '' : `; the controller's rule would keep ${others} of these: it has not caught up`;
}

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
        message: `${rows.length} of ${count(all, 'address', 'addresses')} are not in Endpoints (limit ${endpointsCapacity}), ${ready} of them ready${notByRule(join, rows)}`,
        hint: `${getSlices(join.scope.service)}  # has them all: let consumers read EndpointSlices`,
      },
    ];
  },
};
