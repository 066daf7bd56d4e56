import type { Fixture } from '../../helpers/finding-fixture.ts';
import { without } from '../../helpers/objects.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const inline = { kind: 'Service', id: '5ce57b8e' } as const;

export const fixture: Fixture = {
  appears: [
    {
      title: 'the nodes inside the APISIX service are used, and the upstream beside it is not',
      given: {
        ...agreed,
        upstreams: read([upstream(ips(8, 9), { id: '5ce57b8e', name: '', inline, shadows: '5ce57b8e' })]),
      },
      says: [
        { severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(8, 9), upstream: '5ce57b8e' },
      ],
    },
  ],
  nearMisses: [
    {
      title: 'an inline upstream with no other beside it is just old',
      given: { ...agreed, upstreams: read([upstream(ips(8, 9), { id: '5ce57b8e', name: '', inline })]) },
      instead: [
        ['MissingFromUpstream', at(1, 2, 3)],
        ['StaleInUpstream', at(8, 9)],
      ],
    },
    {
      title: 'the APISIX service refers to its upstream, so what is inside it is not used',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3), { id: '5ce57b8e' }),
          without(upstream(ips(8, 9), { id: '5ce57b8e', name: '', inline }), 'service'),
        ]),
      },
    },
  ],
};
