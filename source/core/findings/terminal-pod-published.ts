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
          hint: `kubectl delete pods -n ${service.namespace} --field-selector=status.phase==Failed`,
        },
      ];
    });
  },
};
