import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count, rowsOfPort, spellUpstream } from './words.ts';

export const discoveryDeadKey: Finding = {
  code: 'DiscoveryDeadKey',
  layer: 'Upstream',
  references: ['apache/apisix#12288'],
  find: ({ join, unexplained }) => {
    const { endpoints, upstreams, service: own } = join.scope;
    if (endpoints.state !== 'Read' || endpoints.items.length > 0) return [];
    return itemsOf(upstreams).flatMap((upstream) => {
      const { discovery, nodes, service } = upstream;
      const isDead =
        discovery?.type === 'kubernetes' &&
        discovery.wantsSlices !== true &&
        nodes.state === 'Read' &&
        nodes.items.length > 0;
      if (!isDead) return [];
      const { rows, ...port } = rowsOfPort(join, service?.port, unexplained('Upstream', 'Stale'));
      return [
        {
          severity: 'Error' as const,
          rows,
          ...port,
          upstream: spellUpstream(upstream),
          message: `APISIX still finds ${count(nodes.items.length, 'node')} as "${discovery.serviceName}", though the Endpoints object is gone: before 3.15.0 it drops no key whose end it did not see`,
          hint: `kubectl get endpoints ${own.name} -n ${own.namespace}  # when it is gone for good: restart the APISIX pods`,
        },
      ];
    });
  },
};
