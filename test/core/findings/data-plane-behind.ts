import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, replica, unread, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const given = { ...agreed, upstreams: read([upstream(all)]) };

export const fixture: Fixture = {
  appears: [
    {
      title: 'a pod does not use what its own admin API tells',
      given: { ...given, replicas: read([replica('a', all), replica('b', all, { used: ips(1, 2) })]) },
      says: [{ severity: 'Error', layer: 'Runtime', gateway: 'apisix', replica: 'gw/b', addresses: at(3) }],
    },
    {
      title: 'a pod that does not tell its configuration is measured by that of its peer',
      given: {
        ...given,
        replicas: read([replica('a', all), replica('b', all, { used: ips(1, 2, 3, 9), upstreams: unread })]),
      },
      says: [{ severity: 'Error', layer: 'Runtime', replica: 'gw/b', addresses: at(9) }],
    },
    {
      title: 'all pods are wrong, and none tells its configuration',
      given: {
        ...agreed,
        upstreams: unread,
        replicas: read([replica('a', ips(1, 2), { upstreams: unread })]),
      },
      says: [{ severity: 'Error', layer: 'Runtime', addresses: at(3) }],
    },
  ],
  nearMisses: [
    {
      title: 'the configuration itself is wrong, and every pod follows it',
      given: { ...agreed, upstreams: read([upstream(ips(1, 2))]), replicas: read([replica('a', ips(1, 2))]) },
      instead: [['MissingFromUpstream', at(3)]],
    },
    {
      title: 'what the pods use could not be read',
      given: { ...given, replicas: read([replica('a', all, { runtime: unread })]) },
    },
    {
      title: 'the pods were not asked',
      given,
    },
  ],
};
