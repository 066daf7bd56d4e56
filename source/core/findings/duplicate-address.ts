import type { Finding } from './finding.ts';
import { isContradictory, mentionedTwice, podUids } from './mentions.ts';
import { addresses, getSlices } from './words.ts';

export const duplicateAddress: Finding = {
  code: 'DuplicateAddress',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#92928', 'kubernetes/kubernetes#99345'],
  find: ({ join }) => {
    const rows = mentionedTwice(join, 'EndpointSlices')
      .filter(({ mentions }) => podUids(mentions).size <= 1 && !isContradictory(mentions))
      .map(({ row }) => row);
    if (rows.length === 0) return [];
    return [
      {
        severity: 'Warning',
        rows,
        message: `the EndpointSlices hold ${addresses(rows)} twice: consumers that do not merge them give those double weight`,
        hint: `${getSlices(join.scope.service)} -o yaml`,
      },
    ];
  },
};
