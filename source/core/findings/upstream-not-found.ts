import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const upstreamNotFound: Finding = {
  code: 'UpstreamNotFound',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2252'],
  find: ({ join }) => {
    const { service } = join.scope;
    const ports = service.ports.filter(({ port }) => join.gatewayPorts.get(port) === 'NotFound');
    const [first] = ports;
    if (!first) return [];
    const names = ports.map(({ port }) => `${service.namespace}_${service.name}_${port}`).join(', ');
    return [
      {
        severity: 'Error',
        rows: join.rows.filter(
          ({ port, expected }) => expected.Upstream === 'Ready' && ports.some(({ name }) => name === port),
        ),
        ...(ports.length === 1 && { port: first.name }),
        message: `the gateway has no upstream for this Service (looked for ${names})`,
        hint: get(service, 'apisixroutes,ingresses'),
      },
    ];
  },
};
