import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count } from './words.ts';

export const orphanUpstreamPort: Finding = {
  code: 'OrphanUpstreamPort',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2060'],
  find: ({ join }) => {
    const { service, upstreams } = join.scope;
    // Of a Service that is only a name the gateway uses any port it is told.
    if (service.type === 'ExternalName') return [];
    const ports = new Set(service.ports.map(({ port }) => port));
    return itemsOf(upstreams)
      .filter((upstream) => upstream.service && !ports.has(upstream.service.port))
      .map(({ id, name, nodes }) => {
        const addresses = nodes.state === 'Read' ? nodes.items : [];
        return {
          severity: 'Warning',
          rows: [],
          addresses,
          upstream: name === '' ? id : name,
          message: `${name === '' ? id : name} is for a port that the Service no longer has: its ${count(addresses.length, 'node')} get no updates`,
          hint: `kubectl eps upstream ${id}`,
        };
      });
  },
};
