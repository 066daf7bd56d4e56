import { isTerminal } from '../expected.ts';
import type { Row } from '../join.ts';
import type { Pod } from '../kubernetes.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { addresses, count } from './words.ts';

/** The ended pod that a row is of: the one it names, or the one that had its IP where it names none. */
function endedPod({ podName, address }: Row, ended: readonly Pod[]): Pod | undefined {
  return ended.find(({ name, podIPs }) =>
    podName === undefined ? podIPs.includes(address.host) : name === podName,
  );
}

export const terminalPodPublished: Finding = {
  code: 'TerminalPodPublished',
  layer: 'EndpointSlices',
  severities: ['Error'],
  summary: 'pods that have ended (Failed or Succeeded) are still published',
  page: {
    meaning:
      'An address is still published for a pod whose phase is Failed or Succeeded. Such a pod runs nothing any more, and its IP may already belong to another pod, even in another namespace: requests can reach a stranger.',
    cause:
      'Kubernetes before 1.25 published an evicted or failed pod as long as its last Ready condition was True. Later servers never do: there, look for somebody else who writes the slice.',
    objects: [
      'kind: Pod',
      'status:',
      '  phase: Failed          # Evicted, OutOfmemory, NodeAffinity ...',
      '  podIP: 10.0.0.7        # and an endpoint with this address is ready',
    ],
    action: 'Delete the ended pods; their addresses leave with them. Then upgrade.',
    commands: [
      'kubectl get pods -n NAMESPACE --field-selector status.phase=Failed -o wide',
      'kubectl delete pod POD -n NAMESPACE',
    ],
  },
  references: ['kubernetes/kubernetes#109414', 'kubernetes/kubernetes#110255'],
  find: ({ join, unexplained }) => {
    const { service, pods } = join.scope;
    const ended = itemsOf(pods).filter(isTerminal);
    return (['EndpointSlices', 'Endpoints'] as const).flatMap((layer) => {
      const rows = unexplained(layer, 'Stale').filter((row) => endedPod(row, ended));
      if (rows.length === 0) return [];
      const published = [...new Set(rows.flatMap((row) => endedPod(row, ended)?.name ?? []))].sort();
      return [
        {
          severity: 'Error',
          layer,
          rows,
          swallows: ['Upstream'],
          pods: published,
          message: `${layer} still publishes ${addresses(rows)} of ${count(published.length, 'pod')} that ended`,
          hint: `kubectl delete pods ${published.slice(0, 4).join(' ')} -n ${service.namespace}`,
        },
      ];
    });
  },
};
