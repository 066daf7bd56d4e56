import type { Fixture } from '../../helpers/finding-fixture.ts';
import { without } from '../../helpers/objects.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const inline = { kind: 'Service', id: '5ce57b8e' } as const;

export const fixture: Fixture = {
  appears: [
    {
      title: 'the nodes inside are looked up elsewhere, so it cannot be said how many',
      given: {
        ...agreed,
        upstreams: read([
          upstream([], {
            id: '5ce57b8e',
            name: '',
            inline,
            shadows: '5ce57b8e',
            nodes: { state: 'Unread', reason: 'kubernetes discovery' },
          }),
        ]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          addresses: [],
          message:
            'the APISIX service 5ce57b8e routes by its inline upstream of unknown nodes: the upstream 5ce57b8e, which the controller keeps, is used by nothing',
        },
      ],
    },
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
