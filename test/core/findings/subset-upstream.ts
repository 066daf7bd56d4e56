import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { port80 } from '../../helpers/objects.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const subset = upstream(ips(1, 2), { name: 'shop_web_v1_80', service: port80({ subset: 'v1' }) });

export const fixture: Fixture = {
  appears: [
    {
      title: 'the nodes of the subset are looked up elsewhere, so it cannot be said how many',
      given: {
        ...agreed,
        upstreams: read([{ ...subset, nodes: { state: 'Unread', reason: 'kubernetes discovery' } }]),
      },
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: [],
          message: 'shop_web_v1_80 is the subset v1: unknown nodes, chosen by pod labels',
        },
      ],
    },
    {
      title: 'the upstream holds the pods of a subset',
      given: { ...agreed, upstreams: read([subset]) },
      says: [{ severity: 'Info', layer: 'Upstream', addresses: at(1, 2), upstream: 'shop_web_v1_80' }],
    },
  ],
  nearMisses: [
    {
      title: 'an upstream of the whole Service that lacks some is short',
      given: { ...agreed, upstreams: read([upstream(ips(1, 2))]) },
      instead: [['MissingFromUpstream', at(3)]],
    },
    {
      title: 'a subset of another Service',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3)),
          { ...subset, id: '2', service: port80({ name: 'api', subset: 'v1' }) },
        ]),
      },
    },
  ],
};
