import { split } from '../replicas/drift.ts';
import type { Finding } from './finding.ts';
import { askAll, describeMembers, draftOf, ofPods } from './replica-words.ts';

export const replicaSplit: Finding = {
  code: 'ReplicaSplit',
  layer: 'Runtime',
  severities: ['Error'],
  summary: 'some pods of the gateway use other addresses than the rest',
  page: {
    meaning:
      'Pods of one gateway do not agree on the addresses of the Service. Which answer a request gets depends on the pod that takes it: some requests fail, or some pods of the Service get less.',
    cause:
      'Some pods missed a change: a watch was cut and not taken up again, an empty event overwrote what was right, or standalone pods were not all sent the same configuration.',
    objects: [
      'gw/apisix-0   10.0.0.1:80 10.0.0.2:80   digest 5d0a6e52',
      'gw/apisix-1   10.0.0.1:80 10.0.0.9:80   digest a3c1f07e   # differs',
    ],
    action:
      'Look at every pod side by side, and at the log of those that differ. A pod that is started again reads everything anew.',
    commands: [
      'kubectl eps upstream svc/SERVICE -n NAMESPACE --all-replicas',
      'kubectl logs POD -n NAMESPACE --since 1h',
    ],
  },
  references: ['apache/apisix#11574', 'apache/apisix#12923', 'apache/apisix#10422'],
  find: ({ join }) =>
    split(join, 'Other').map((drifting) => ({
      severity: 'Error',
      ...draftOf(join, drifting),
      message: `${ofPods(drifting)} behind the others: ${describeMembers(drifting)}`,
      hint: askAll(join.scope.service),
    })),
};
