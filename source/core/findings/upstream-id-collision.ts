import type { RouteName } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { rowsOfPort, spellUpstream } from './words.ts';

const spell = ({ kind, namespace, name }: RouteName) => `${kind} ${namespace}/${name}`;

export const upstreamIdCollision: Finding = {
  code: 'UpstreamIdCollision',
  layer: 'Upstream',
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
        hint: `kubectl get ${route.kind.toLowerCase()},${by.kind.toLowerCase()} ${route.name} -n ${route.namespace}  # one of them needs another name`,
      };
    }),
};
