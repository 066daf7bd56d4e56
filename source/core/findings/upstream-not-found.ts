import { isDisplaced } from '../gateway-ports.ts';
import { servedPorts } from '../observed.ts';
import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const upstreamNotFound: Finding = {
  code: 'UpstreamNotFound',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'the gateway has no upstream for the Service',
  page: {
    meaning:
      'A route names the Service, or Service and gateway were both named on the command line, and the gateway holds no upstream for the port. Requests for it get 404 or 503.',
    cause:
      'The controller has not written it: the route is not accepted, its ingress class belongs to nobody, another backend of the same ApisixRoute is broken (controllers 1.x then write none of its rules), or the controller cannot reach the admin API. Or another gateway was asked than the one that serves the Service.',
    objects: [
      'GET /apisix/admin/upstreams   no "name": "NAMESPACE_SERVICE_PORT"',
      'ApisixRoute                   status.conditions: ResourcesAvailable or Accepted is not True',
    ],
    action: 'Read the conditions and events of the route, then the log of the controller.',
    commands: ['kubectl describe apisixroutes -n NAMESPACE', 'kubectl get ingressclasses'],
  },
  references: [],
  find: ({ join }) => {
    const { service } = join.scope;
    const ports = servedPorts(join.scope).filter(
      ({ port }) => join.gatewayPorts.get(port) === 'NotFound' && !isDisplaced(join.scope, port),
    );
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
