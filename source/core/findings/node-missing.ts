import { isOnMissingNode } from '../expected.ts';
import type { Row } from '../join.ts';
import type { Service } from '../kubernetes.ts';
import type { Finding, Found } from './finding.ts';
import { addresses, are, get, nodeNames } from './words.ts';

function told(rows: readonly Row[], service: Service, severity: 'Error' | 'Info'): readonly Found[] {
  if (rows.length === 0) return [];
  const gone = nodeNames(rows);
  return [
    {
      severity,
      rows,
      swallows: ['EndpointSlices', 'Upstream'],
      message: `${addresses(rows)} ${are(rows.length)} of pods on ${gone.join(', ')}, which is no Node any more: EndpointSlices leave them out from their next change on, Endpoints keeps them until the pods are collected`,
      hint: get(service, `pods -o wide --field-selector spec.nodeName=${gone[0] ?? ''}`),
    },
  ];
}

export const nodeMissing: Finding = {
  code: 'NodeMissing',
  layer: 'Pods',
  severities: ['Error', 'Info'],
  summary: 'pods on a Node that no longer exists: left out of the EndpointSlices, kept in Endpoints',
  page: {
    meaning:
      'Pods of the Service are bound to a Node that is not there. Endpoints keeps their addresses, the EndpointSlices leave them out, and the pods are most likely dead. Of pods that are not ready it is Info: nothing is lost with them.',
    cause:
      'The Node was deleted, by hand or by an autoscaler, before its pods. The endpointslice controller skips a pod whose Node it cannot find, from the next change of the Service or its pods on, unless the Service sets publishNotReadyAddresses; the endpoints controller does not look at Nodes. The pods go when the pod garbage collector finds them, usually within a minute.',
    objects: [
      'kind: Pod',
      'spec:',
      '  nodeName: ip-10-0-0-1   # kubectl get node ip-10-0-0-1: NotFound',
      'status:',
      '  conditions: [{ type: Ready, status: "True" }]   # nobody is left to say otherwise',
    ],
    action:
      'Wait for the garbage collector; if the pods stay (finalizers, a paused controller manager), delete them. When the Node object was deleted by mistake, restart its kubelet: it registers again.',
    commands: ['kubectl get pods -n NAMESPACE -o wide --field-selector spec.nodeName=NODE'],
  },
  references: ['kubernetes/kubernetes#107927', 'kubernetes/kubernetes#110639'],
  find: ({ join }) => {
    const rows = join.rows.filter(({ pod }) => pod && isOnMissingNode(pod, join.scope));
    const isDue = ({ expected }: Row) => expected.EndpointSlices === 'Ready';
    return [
      ...told(rows.filter(isDue), join.scope.service, 'Error'),
      ...told(
        rows.filter((row) => !isDue(row)),
        join.scope.service,
        'Info',
      ),
    ];
  },
};
