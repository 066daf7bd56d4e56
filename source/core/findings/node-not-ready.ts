import type { Finding } from './finding.ts';
import { addresses, are, nodeNames } from './words.ts';

export const nodeNotReady: Finding = {
  code: 'NodeNotReady',
  layer: 'Pods',
  severities: ['Warning'],
  summary: 'pods count as ready on a Node that is not ready',
  page: {
    meaning:
      'The Node is not ready, and pods on it still count as ready: they are published and get traffic, though nobody knows whether they live.',
    cause:
      'When a kubelet falls silent, its Node turns NotReady after about 40 seconds, and its pods are marked not ready after that. Until then, and when the marking fails, their last word stands.',
    objects: [
      'kind: Node',
      'status:',
      '  conditions: [{ type: Ready, status: Unknown }]   # Kubelet stopped posting node status',
    ],
    action:
      'Look at the Node. If it is gone for good, delete the Node object or taint it as out of service: its pods are then taken away.',
    commands: [
      'kubectl describe node NODE',
      'kubectl taint nodes NODE node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
    ],
  },
  references: ['kubernetes/kubernetes#85725', 'kubernetes/kubernetes#90238'],
  find: ({ join }) => {
    const { nodes } = join.scope;
    const rows = join.rows.filter(
      ({ pod }) => pod?.ready === true && !pod.terminating && nodes?.get(pod.nodeName ?? '')?.ready === false,
    );
    if (rows.length === 0) return [];
    const dead = nodeNames(rows);
    return [
      {
        severity: 'Warning',
        rows,
        message: `${addresses(rows)} ${are(rows.length)} of pods that still count as ready on ${dead.join(', ')}, which is not ready`,
        hint: `kubectl describe node ${dead[0] ?? ''}`,
      },
    ];
  },
};
