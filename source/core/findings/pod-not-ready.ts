import { isTerminal, podState } from '../expected.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { are, count, get } from './words.ts';

export const podNotReady: Finding = {
  code: 'PodNotReady',
  layer: 'Pods',
  severities: ['Info'],
  summary: 'pods are not ready, so no traffic is due to them',
  page: {
    meaning:
      'These pods are not ready. They are in the slices as not ready, among notReadyAddresses in Endpoints, and not in the gateway: as it should be.',
    cause: 'A readiness probe fails, a container has not started, or a readiness gate is not met.',
    objects: ['kind: Pod', 'status:', '  conditions: [{ type: Ready, status: "False" }]'],
    action: 'Nothing, for the addresses are right. If the pods should be ready, look at their events.',
    commands: ['kubectl describe pod POD -n NAMESPACE'],
  },
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
