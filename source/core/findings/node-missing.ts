import { isOnMissingNode } from '../expected.ts';
import type { Row } from '../join.ts';
import type { Finding, Found } from './finding.ts';
import { addresses, are } from './words.ts';

function told(rows: readonly Row[], severity: 'Error' | 'Info'): readonly Found[] {
  if (rows.length === 0) return [];
  const gone = [
    ...new Set(rows.flatMap(({ pod }) => (pod?.nodeName === undefined ? [] : [pod.nodeName]))),
  ].sort();
  return [
    {
      severity,
      rows,
      swallows: ['EndpointSlices', 'Upstream'],
      message: `${addresses(rows)} ${are(rows.length)} of pods on ${gone.join(', ')}, which is no Node any more: EndpointSlices skip them, Endpoints keeps them until the pods are collected`,
      hint: `kubectl get nodes ${gone.slice(0, 3).join(' ')}`,
    },
  ];
}

export const nodeMissing: Finding = {
  code: 'NodeMissing',
  layer: 'Pods',
  references: ['kubernetes/kubernetes#107927', 'kubernetes/kubernetes#110639'],
  find: ({ join }) => {
    const rows = join.rows.filter(({ pod }) => pod && isOnMissingNode(pod, join.scope));
    const isDue = ({ expected }: Row) => expected.EndpointSlices === 'Ready';
    return [
      ...told(rows.filter(isDue), 'Error'),
      ...told(
        rows.filter((row) => !isDue(row)),
        'Info',
      ),
    ];
  },
};
