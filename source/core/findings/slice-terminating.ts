import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { heldBack } from './stray-slices.ts';
import { getSlices } from './words.ts';

export const sliceTerminating: Finding = {
  code: 'SliceTerminating',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'a slice is being deleted and held back: it gets no updates',
  page: {
    meaning:
      'An EndpointSlice has a deletionTimestamp and is still there. The controller ignores it, consumers do not: they use whatever addresses it has.',
    cause:
      'A finalizer holds the slice back, and whoever should take the finalizer away does not. Servers before 1.25 stopped updating the whole Service meanwhile (1.23 and 1.24 until a patch release of mid 2022).',
    objects: [
      'kind: EndpointSlice',
      'metadata:',
      '  deletionTimestamp: ...',
      '  finalizers: [example.com/cleanup]',
    ],
    action:
      'Find the owner of the finalizer and let it finish. When it is gone for good, take the finalizer away.',
    commands: [
      `kubectl patch endpointslice SLICE -n NAMESPACE --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
  },
  references: ['kubernetes/kubernetes#108779', 'kubernetes/kubernetes#109624'],
  find: ({ join }) => {
    const terminating = heldBack(join.scope);
    if (terminating.length === 0) return [];
    return [
      {
        severity: 'Warning',
        rows: rowsOfSlices(join, terminating),
        swallows: ['Upstream'],
        message: `${namesOf(terminating)} is being deleted and held back: it gets no updates`,
        hint: `${getSlices(join.scope.service)} -o jsonpath='{.items[*].metadata.finalizers}'`,
      },
    ];
  },
};
