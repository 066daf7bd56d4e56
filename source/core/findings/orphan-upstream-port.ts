import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { countNodes, spellUpstream } from './words.ts';

export const orphanUpstreamPort: Finding = {
  code: 'OrphanUpstreamPort',
  layer: 'Upstream',
  severities: ['Warning'],
  summary: 'the gateway keeps an upstream for a port that the Service no longer has',
  page: {
    meaning:
      'The upstream is named after a port that is gone from the Service. Nobody updates its nodes any more; a route that still leads there gets dead pods.',
    cause:
      'Controllers 1.x walk through the ports that a Service has, so they never touch the upstream of one that was removed or renumbered.',
    objects: [
      '"name": "NAMESPACE_SERVICE_9000", "nodes": [ ... as they were ... ]',
      'Service   ports: [{ port: 80 }]',
    ],
    action:
      'Let the routes name a port that is there. APISIX refuses to delete an upstream that a route uses; one that is used by nothing can be deleted through the admin API.',
    commands: ['kubectl eps upstream UPSTREAM', 'kubectl get apisixroutes -n NAMESPACE -o yaml'],
  },
  references: [],
  find: ({ join }) => {
    const { service, upstreams } = join.scope;
    // Of a Service that is only a name the gateway uses any port it is told.
    if (service.type === 'ExternalName') return [];
    const ports = new Set(service.ports.map(({ port }) => port));
    return itemsOf(upstreams)
      .filter((upstream) => upstream.service && !ports.has(upstream.service.port))
      .map((one) => {
        const upstream = spellUpstream(one);
        return {
          severity: 'Warning',
          rows: [],
          addresses: itemsOf(one.nodes),
          upstream,
          message: `${upstream} is for a port that the Service no longer has: its ${countNodes(one)} get no updates`,
          hint: `kubectl eps upstream ${one.id}`,
        };
      });
  },
};
