import type { Finding } from './finding.ts';
import { addresses, are, getSlices } from './words.ts';

export const terminatingEndpoint: Finding = {
  code: 'TerminatingEndpoint',
  layer: 'EndpointSlices',
  severities: ['Info'],
  summary: 'terminating pods are in the EndpointSlices, by design, and get no new requests',
  page: {
    meaning:
      'Pods that are being deleted stay in the slices, with ready: false and terminating: true, until they end; in Endpoints and in the gateway they are no longer. The layers differ, as they should.',
    cause:
      'The slices tell consumers about pods that drain, so that kube-proxy can fall back to them when no other is left on a node. Endpoints knows no such state.',
    objects: [
      'endpoints:',
      '  - { addresses: [10.0.0.7], conditions: { ready: false, serving: true, terminating: true } }',
    ],
    action: 'Nothing.',
    commands: [],
  },
  references: ['kubernetes/enhancements#1672'],
  find: ({ join }) => {
    const rows = join.rows.filter(
      ({ expected, actual }) =>
        expected.EndpointSlices === 'Terminating' && actual.EndpointSlices === 'Terminating',
    );
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Info',
        rows,
        message: `${addresses(rows)} of terminating pods ${are(rows.length)} in the EndpointSlices, by design, without new requests`,
        hint: getSlices(join.scope.service),
      },
    ];
  },
};
