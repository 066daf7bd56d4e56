import { split } from '../replicas/drift.ts';
import type { Finding } from './finding.ts';
import { describeMembers, draftOf, ofPods } from './replica-words.ts';

export const confVersionRejected: Finding = {
  code: 'ConfVersionRejected',
  layer: 'Runtime',
  severities: ['Error'],
  summary: 'a standalone pod of the gateway refuses every newer configuration',
  page: {
    meaning:
      'The pod holds an older configuration under a higher conf_version than its peers. It refuses whatever is sent with a lower one, so it stays as it is.',
    cause: 'After a change of leader, ADC numbers its configuration from an older baseline (before 0.27).',
    objects: ['upstreams_conf_version must be greater than or equal to (1712)   # in the log of ADC'],
    action:
      'Restart the ingress controller, whose ADC then starts from what the pods hold; upgrade to ADC 0.27 or newer.',
    commands: ['kubectl rollout restart deployment CONTROLLER -n CONTROLLER_NAMESPACE'],
  },
  references: ['apache/apisix-ingress-controller#2774', 'apache/apisix-ingress-controller#2749'],
  find: ({ join }) =>
    split(join, 'Rejecting').map((drifting) => ({
      severity: 'Error',
      ...draftOf(join, drifting),
      message: `${ofPods(drifting)} with an older configuration under a higher conf_version, so that what the controller sends is refused: ${describeMembers(drifting)}`,
      hint: 'kubectl get pods -A -l app.kubernetes.io/name=apisix-ingress-controller  # deleted, they start from what the gateway holds',
    })),
};
