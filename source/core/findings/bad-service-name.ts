import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { rowsOfPort, spellUpstream } from './words.ts';

export const badServiceName: Finding = {
  code: 'BadServiceName',
  layer: 'Upstream',
  references: ['apache/apisix#7650', 'apache/apisix-helm-chart#539', 'apache/apisix#7026'],
  find: ({ join, unexplained }) =>
    itemsOf(join.scope.upstreams).flatMap((upstream) => {
      const { id, discovery, service } = upstream;
      if (discovery?.shouldBe === undefined) return [];
      const { rows, ...port } = rowsOfPort(join, service?.port, unexplained('Upstream', 'Missing'));
      return [
        {
          severity: 'Error' as const,
          rows,
          ...port,
          upstream: spellUpstream(upstream),
          message: `${spellUpstream(upstream)} looks its nodes up as "${discovery.serviceName}", which finds none: did you mean ${discovery.shouldBe}?`,
          hint: `curl -X PATCH http://127.0.0.1:9180/apisix/admin/upstreams/${id} -H "X-API-KEY: $APISIX_ADMIN_KEY" -d '{"service_name":"${discovery.shouldBe}"}'`,
        },
      ];
    }),
};
