import { isTerminal, podState } from '../expected.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { are, count, get } from './words.ts';

export const podNotReady: Finding = {
  code: 'PodNotReady',
  layer: 'Pods',
  references: [],
  find: ({ join }) => {
    const pods = itemsOf(join.scope.pods).filter((pod) => !isTerminal(pod) && podState(pod) === 'NotReady');
    // Published all the same: PublishesNotReady says so.
    if (pods.length === 0 || join.scope.service.publishNotReadyAddresses) return [];
    const names = new Set(pods.map(({ name }) => name));
    return [
      {
        severity: 'Info',
        rows: join.rows.filter(({ pod }) => pod !== undefined && podState(pod) === 'NotReady'),
        pods: [...names].sort(),
        message: `${count(pods.length, 'pod')} ${are(pods.length)} not ready, so no traffic is due there`,
        hint: get(join.scope.service, `pods ${[...names].sort().slice(0, 3).join(' ')}`),
      },
    ];
  },
};
