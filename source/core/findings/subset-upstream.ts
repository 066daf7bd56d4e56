import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count } from './words.ts';

export const subsetUpstream: Finding = {
  code: 'SubsetUpstream',
  layer: 'Upstream',
  references: [],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams)
      .filter(({ service }) => service?.subset !== undefined)
      .map(({ id, name, nodes, service }) => {
        const addresses = nodes.state === 'Read' ? nodes.items : [];
        return {
          severity: 'Info',
          rows: [],
          addresses,
          upstream: name === '' ? id : name,
          message: `${name === '' ? id : name} is the subset ${service?.subset ?? ''}: ${count(addresses.length, 'node')}, chosen by pod labels`,
          hint: `kubectl get apisixupstreams -n ${join.scope.service.namespace} -o yaml`,
        };
      }),
};
