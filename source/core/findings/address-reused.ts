import { count, get } from './words.ts';
import type { Finding } from './finding.ts';
import { mentionedTwice, podUids } from './mentions.ts';

export const addressReused: Finding = {
  code: 'AddressReused',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#135266', 'kubernetes/kubernetes#115907'],
  find: ({ join }) => {
    const published = new Set(
      mentionedTwice(join, 'EndpointSlices')
        .filter(({ mentions }) => podUids(mentions).size > 1)
        .map(({ row }) => row),
    );
    const rows = join.rows.filter((row) => row.pods.length > 1 || published.has(row));
    if (rows.length === 0) return [];
    const pods = [...new Set(rows.flatMap((row) => row.pods.map(({ name }) => name)))].sort();
    return [
      {
        severity: 'Warning',
        rows,
        pods,
        message: `${count(rows.length, 'address', 'addresses')} belong to two pods at once: a consumer that keeps one pod an IP may keep the dead one`,
        hint: get(join.scope.service, `pods ${pods.slice(0, 4).join(' ')} -o wide`),
      },
    ];
  },
};
