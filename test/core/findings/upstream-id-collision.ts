import type { Upstream } from '../../../source/core/snapshot.ts';
import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const by = { kind: 'HTTPRoute' as const, namespace: 'shop', name: 'web' };
const lost = { route: { ...by, kind: 'ApisixRoute' as const }, by };
const service = { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint' as const };

/** The upstream of another Service, in the place where this one's should be. */
const winner: Upstream = {
  ...upstream(ips(9), { name: 'shop_web_0', displaced: [{ ...lost, service }] }),
  service: { ...service, name: 'other' },
};

export const fixture: Fixture = {
  appears: [
    {
      title: 'another rule leads to the Service, and what its upstream lacks has another cause',
      given: { ...agreed, upstreams: read([winner, upstream(ips(1, 2))]) },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: [] }],
      beside: [['MissingFromUpstream', at(3)]],
    },
    {
      title: 'another route took the id of the only one that leads to the Service',
      given: { ...agreed, upstreams: read([winner]), gatewayGiven: true },
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          port: 'http',
          upstream: 'shop_web_0',
          addresses: at(1, 2, 3),
        },
      ],
    },
    {
      title: 'another rule leads to the Service all the same',
      given: { ...agreed, upstreams: read([winner, upstream(ips(1, 2, 3))]) },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: [] }],
    },
  ],
  nearMisses: [
    {
      title: 'the place that was taken was that of a Service in another namespace',
      given: {
        ...agreed,
        upstreams: read([
          { ...winner, displaced: [{ ...lost, service: { ...service, namespace: 'else' } }] },
          upstream(ips(1, 2, 3)),
        ]),
      },
    },
    {
      title: 'nobody took its place, and there is no upstream',
      given: { ...agreed, upstreams: read([{ ...winner, displaced: [] }]), gatewayGiven: true },
      instead: [['UpstreamNotFound', at(1, 2, 3)]],
    },
  ],
};
