import type { Finding } from './finding.ts';
import { addresses } from './words.ts';

export const nodeMissing: Finding = {
  code: 'NodeMissing',
  layer: 'Pods',
  references: ['kubernetes/kubernetes#107927', 'kubernetes/kubernetes#110639'],
  find: ({ join }) => {
    const { nodes, service } = join.scope;
    // The endpointslice reconciler skips such pods, unless it is told to publish whatever there is.
    if (!nodes || service.publishNotReadyAddresses) return [];
    const rows = join.rows.filter(({ pod }) => pod?.nodeName !== undefined && !nodes.has(pod.nodeName));
    if (rows.length === 0) return [];
    const gone = [
      ...new Set(rows.flatMap(({ pod }) => (pod?.nodeName === undefined ? [] : [pod.nodeName]))),
    ].sort();
    return [
      {
        severity: 'Error',
        rows,
        swallows: ['EndpointSlices', 'Upstream'],
        message: `${addresses(rows)} are of pods on ${gone.join(', ')}, which is no Node any more: EndpointSlices skip them, Endpoints keeps them until the pods are collected`,
        hint: `kubectl get nodes ${gone.slice(0, 3).join(' ')}`,
      },
    ];
  },
};
