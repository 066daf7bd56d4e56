import { isTerminal } from '../expected.ts';
import type { Row } from '../join.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { addresses, count } from './words.ts';

export const terminalPodPublished: Finding = {
  code: 'TerminalPodPublished',
  layer: 'EndpointSlices',
  references: ['kubernetes/kubernetes#109414', 'kubernetes/kubernetes#110255'],
  find: ({ join, unexplained }) => {
    const { service, pods } = join.scope;
    const ended = itemsOf(pods).filter(isTerminal);
    const hosts = new Set(ended.flatMap(({ podIPs }) => podIPs));
    const names = new Set(ended.map(({ name }) => name));
    const isEnded = ({ address, podName = '' }: Row) => hosts.has(address.host) || names.has(podName);
    return (['EndpointSlices', 'Endpoints'] as const).flatMap((layer) => {
      const rows = unexplained(layer, 'Stale').filter(isEnded);
      if (rows.length === 0) return [];
      const published = [
        ...new Set(rows.flatMap(({ podName = '' }) => (names.has(podName) ? [podName] : []))),
      ].sort();
      return [
        {
          severity: 'Error',
          layer,
          rows,
          swallows: ['Upstream'],
          ...(published.length > 0 && { pods: published }),
          message: `${layer} still publishes ${addresses(rows)} of ${count(ended.length, 'pod')} that ended`,
          hint: `kubectl delete pods -n ${service.namespace} --field-selector=status.phase==Failed`,
        },
      ];
    });
  },
};
