import type { Row } from '../join.ts';
import type { Finding } from './finding.ts';
import { addresses } from './words.ts';

/** Endpoints has the address, in the wrong one of its two lists. */
const isSplit = ({ expected, actual }: Row) =>
  (expected.Endpoints === 'Ready' && actual.Endpoints === 'NotReady') ||
  (expected.Endpoints === 'NotReady' && actual.Endpoints === 'Ready');

export const readinessSplit: Finding = {
  code: 'ReadinessSplit',
  layer: 'Endpoints',
  severities: ['Warning'],
  summary: 'Endpoints has addresses in the wrong list, ready or not; the slices are right',
  page: {
    meaning:
      'Endpoints holds the address, but among notReadyAddresses while the pod is ready, or the other way round. The EndpointSlices are right, so only consumers of Endpoints are hurt.',
    cause:
      'The endpoints controller compared its wish with a cached copy of the object that was already out of date, found no difference and did not write: after quick flips of readiness, or when the API server was in trouble. Nothing repairs it until the Service or one of its pods changes.',
    objects: [
      'kind: Endpoints',
      'subsets:',
      '  - notReadyAddresses: [{ ip: 10.0.0.7 }]   # the pod: Ready=True; the slice: ready: true',
    ],
    action:
      'Make the controller look again: any write to the Service does, an annotation for instance. (A write to the Endpoints object does not.) Let consumers read EndpointSlices.',
    commands: ['kubectl annotate service SERVICE -n NAMESPACE --overwrite eps/looked-at="$(date +%s)"'],
  },
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
        message: `Endpoints has ${addresses(rows)} in the wrong list: ${hidden} ready as not ready, ${rows.length - hidden} the other way round`,
        hint: `kubectl annotate service ${service.name} -n ${service.namespace} --overwrite eps/looked-at="$(date +%s)"  # a write to the Service makes the controller look again`,
      },
    ];
  },
};
