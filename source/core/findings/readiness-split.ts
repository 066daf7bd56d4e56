import type { Row } from '../join.ts';
import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

/** Endpoints has the address, in the wrong one of its two lists. */
const isSplit = ({ expected, actual }: Row) =>
  (expected.Endpoints === 'Ready' && actual.Endpoints === 'NotReady') ||
  (expected.Endpoints === 'NotReady' && actual.Endpoints === 'Ready');

export const readinessSplit: Finding = {
  code: 'ReadinessSplit',
  layer: 'Endpoints',
  references: [
    'kubernetes/kubernetes#125638',
    'kubernetes/kubernetes#125619',
    'kubernetes/kubernetes#127429',
  ],
  find: ({ join, unexplained }) => {
    const rows = [...unexplained('Endpoints', 'Missing'), ...unexplained('Endpoints', 'Stale')].filter(
      isSplit,
    );
    if (rows.length === 0) return [];
    const { service } = join.scope;
    const hidden = rows.filter(({ actual }) => actual.Endpoints === 'NotReady').length;
    return [
      {
        severity: 'Warning',
        rows: join.rows.filter((row) => rows.includes(row)),
        message: `Endpoints has ${addresses(rows)} in the wrong list: ${hidden} ready ones as not ready, ${rows.length - hidden} the other way round`,
        hint: `kubectl annotate endpoints ${service.name} -n ${service.namespace} eps/touched=1  # a write makes the controller look again; compare: ${get(service, 'endpoints')}`,
      },
    ];
  },
};
