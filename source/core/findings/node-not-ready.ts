import type { Finding } from './finding.ts';
import { addresses } from './words.ts';

export const nodeNotReady: Finding = {
  code: 'NodeNotReady',
  layer: 'Pods',
  references: ['kubernetes/kubernetes#85725', 'kubernetes/kubernetes#90238'],
  find: ({ join }) => {
    const { nodes } = join.scope;
    const rows = join.rows.filter(
      ({ pod }) => pod?.ready === true && !pod.terminating && nodes?.get(pod.nodeName ?? '')?.ready === false,
    );
    if (rows.length === 0) return [];
    const dead = [
      ...new Set(rows.flatMap(({ pod }) => (pod?.nodeName === undefined ? [] : [pod.nodeName]))),
    ].sort();
    return [
      {
        severity: 'Warning',
        rows,
        message: `${addresses(rows)} are of pods that still count as ready on ${dead.join(', ')}, which is not ready`,
        hint: `kubectl describe node ${dead[0] ?? ''}`,
      },
    ];
  },
};
