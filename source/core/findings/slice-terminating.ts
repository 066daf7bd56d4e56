import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { heldBack } from './stray-slices.ts';
import { getSlices } from './words.ts';

export const sliceTerminating: Finding = {
  code: 'SliceTerminating',
  layer: 'EndpointSlices',
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
