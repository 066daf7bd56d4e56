import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { count } from './words.ts';

export const inlineUpstreamShadow: Finding = {
  code: 'InlineUpstreamShadow',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2708', 'api7/adc#354'],
  find: ({ join, unexplained }) =>
    itemsOf(join.scope.upstreams)
      .filter(({ shadows }) => shadows !== undefined)
      .map(({ id, nodes, service, shadows = '' }) => {
        const port = join.scope.service.ports.find((one) => one.port === service?.port);
        const rows = [...unexplained('Upstream', 'Missing'), ...unexplained('Upstream', 'Stale')];
        const addresses = nodes.state === 'Read' ? nodes.items : [];
        return {
          severity: 'Error',
          rows: [],
          explains: rows.filter((row) => row.port === port?.name),
          addresses,
          ...(port && { port: port.name }),
          upstream: id,
          message: `the APISIX service ${id} routes by its inline upstream of ${count(addresses.length, 'node')}: the upstream ${shadows}, which the controller keeps, is used by nothing`,
          hint: `kubectl eps upstream ${id}`,
        };
      }),
};
