import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, read, slice, upstream } from '../../helpers/snapshot.ts';

export const fixture: Fixture = {
  appears: [
    {
      title: 'it has no nodes though pods are ready',
      given: { ...agreed, upstreams: read([upstream([])]) },
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          port: 'http',
          addresses: at(1, 2, 3),
          upstream: 'shop_web_80',
        },
      ],
    },
    {
      title: 'every upstream of the port is empty: all are named',
      given: { ...agreed, upstreams: read([upstream([]), upstream([], { id: '2', name: 'by-rule' })]) },
      says: [
        { severity: 'Error', layer: 'Upstream', addresses: at(1, 2, 3), upstream: 'by-rule, shop_web_80' },
      ],
    },
  ],
  nearMisses: [
    {
      title: 'another upstream of the port has every pod',
      given: {
        ...agreed,
        upstreams: read([upstream(ips(1, 2, 3)), upstream([], { id: '2', name: 'by-rule' })]),
      },
      instead: [['MissingFromUpstream', at(1, 2, 3)]],
    },
    {
      title: 'the Service is scaled to zero, and so is the upstream',
      given: { endpointSlices: read([slice([])]), upstreams: read([upstream([])]) },
    },
    {
      title: 'no pod is ready, so it is right to be empty',
      given: {
        pods: read([unreadyPod(1)]),
        endpointSlices: read([slice([], { endpoints: [endpoint('10.0.0.1', { ready: false })] })]),
        endpoints: read([endpoints([], { notReady: ips(1) })]),
        upstreams: read([upstream([])]),
      },
    },
    {
      title: 'its nodes are looked up elsewhere, so the admin API shows none',
      given: {
        ...agreed,
        upstreams: read([upstream([], { nodes: { state: 'Unread', reason: 'kubernetes discovery' } })]),
      },
    },
    {
      title: 'one node is left',
      given: { ...agreed, upstreams: read([upstream(ips(1))]) },
      instead: [['MissingFromUpstream', at(2, 3)]],
    },
  ],
};
