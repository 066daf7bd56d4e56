import type { RouteName } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { rowsOfPort, spellUpstream } from './words.ts';

const spell = ({ kind, namespace, name }: RouteName) => `${kind} ${namespace}/${name}`;

export const upstreamIdCollision: Finding = {
  code: 'UpstreamIdCollision',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'two routes have one id in the gateway: the first leads nowhere',
  page: {
    meaning:
      'The gateway holds one object for a rule of two routes. The last writer took the place: requests that the other route should lead to this Service end in 404, or at the Service of the other one. Deleting the winner removes both.',
    cause:
      'apisix-ingress-controller 2.x makes the ids of its objects out of namespace, name and the number of the rule, and leaves the kind of the route out: an ApisixRoute and an HTTPRoute of one name collide.',
    objects: [
      'ApisixRoute  NAMESPACE/web, rule 0   -> id of "NAMESPACE_web_0"',
      'HTTPRoute    NAMESPACE/web, rule 0   -> the same',
      'GET /apisix/admin/services/ID        "labels": { "k8s/kind": "HTTPRoute" }',
    ],
    action: 'Give one of the two routes another name, then let the controller write both again.',
    commands: ['kubectl get apisixroutes,ingresses,httproutes -n NAMESPACE', 'kubectl eps upstream ID'],
  },
  references: [],
  find: ({ join, unexplained }) =>
    join.scope.displaced.map(({ route, by, service, upstream }) => {
      const isServed = join.gatewayPorts.get(service.port) !== 'NotFound';
      const missing = isServed ? [] : unexplained('Upstream', 'Missing');
      return {
        severity: 'Error',
        ...rowsOfPort(join, service.port, missing),
        upstream: spellUpstream(upstream),
        message: `${spell(route)} and ${spell(by)} have the same id ${upstream.id} in the gateway: the ${by.kind} took the place, and the ${route.kind} leads nowhere`,
        hint: `kubectl get ${route.kind.toLowerCase()},${by.kind.toLowerCase()} ${route.name} -n ${route.namespace}`,
      };
    }),
};
