import type { Row } from '../join.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { mentionedTwice, podUids } from './mentions.ts';
import { addresses, are, get } from './words.ts';

export const addressReused: Finding = {
  code: 'AddressReused',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'one IP belongs to two pods at once: a consumer may keep the dead one',
  page: {
    meaning:
      'Two pods claim the same IP, most often one that is stuck terminating and one that is new. Consumers that keep one entry an IP may take the conditions of the dead pod and drop the living one.',
    cause:
      'The network plugin gave the IP away while the old pod object was still there: the pod ended and its object is held back by a finalizer or a Node that does not answer. Pods with hostNetwork share the IP of their Node as they should, and do not count.',
    objects: [
      'endpoints:',
      '  - { addresses: [10.0.0.7], conditions: { ready: false, terminating: true }, targetRef: { uid: 1111 } }',
      '  - { addresses: [10.0.0.7], conditions: { ready: true }, targetRef: { uid: 2222 } }',
    ],
    action:
      'Get rid of the old pod: find out what holds it back, and delete it by force when its Node is certainly gone.',
    commands: [
      'kubectl get pods -A -o wide --field-selector status.podIP=IP',
      'kubectl delete pod POD -n NAMESPACE --grace-period=0 --force',
    ],
  },
  references: ['kubernetes/kubernetes#135266', 'kubernetes/kubernetes#115907'],
  find: ({ join }) => {
    const sharing = new Set(itemsOf(join.scope.pods).flatMap((pod) => (pod.hostNetwork ? [pod.uid] : [])));
    const ownersIn = (uids: Iterable<string>) => [...uids].filter((uid) => !sharing.has(uid)).length;
    const published = new Set(
      mentionedTwice(join, 'EndpointSlices')
        .filter(({ mentions }) => ownersIn(podUids(mentions)) > 1)
        .map(({ row }) => row),
    );
    const isTaken = ({ pods }: Row) => pods.length > 1 && ownersIn(pods.map(({ uid }) => uid)) > 1;
    const rows = join.rows.filter((row) => isTaken(row) || published.has(row));
    if (rows.length === 0) return [];
    const pods = [...new Set(rows.flatMap((row) => row.pods.map(({ name }) => name)))].sort();
    return [
      {
        severity: 'Warning',
        rows,
        pods,
        message: `${addresses(rows)} ${are(rows.length)} held by two pods at once: a consumer that keeps one pod an IP may keep the dead one`,
        hint: get(join.scope.service, `pods ${pods.slice(0, 4).join(' ')} -o wide`),
      },
    ];
  },
};
