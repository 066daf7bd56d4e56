import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, replica, unread, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const given = { ...agreed, upstreams: read([upstream(all)]) };

export const fixture: Fixture = {
  appears: [
    {
      title: 'three pods are all named',
      given: {
        ...given,
        replicas: read([replica('a', all), ...['b', 'c', 'd'].map((name) => replica(name, ips(1, 2)))]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'Runtime',
          addresses: at(3),
          message:
            '3 of 4 APISIX pods behind the others: gw/b (lacks 1 address), gw/c (lacks 1 address), gw/d (lacks 1 address)',
        },
      ],
    },
    {
      title: 'of four pods three are named',
      given: {
        ...given,
        replicas: read([replica('a', all), ...['b', 'c', 'd', 'e'].map((name) => replica(name, ips(1, 2)))]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'Runtime',
          addresses: at(3),
          message:
            '4 of 5 APISIX pods behind the others: gw/b (lacks 1 address), gw/c (lacks 1 address), gw/d (lacks 1 address) and 1 more',
        },
      ],
    },
    {
      title: 'one pod of two is configured with, and uses, what was right before',
      given: { ...given, replicas: read([replica('a', all), replica('b', ips(1, 9))]) },
      says: [
        { severity: 'Error', layer: 'Runtime', gateway: 'apisix', replica: 'gw/b', addresses: at(2, 3, 9) },
      ],
    },
    {
      title: 'most pods are behind: those that are right are no outliers',
      given: { ...given, replicas: read([replica('a', all), replica('b', ips(1)), replica('c', ips(1))]) },
      says: [{ severity: 'Error', layer: 'Runtime', addresses: at(2, 3) }],
    },
  ],
  nearMisses: [
    {
      title: 'all pods are alike, in another order',
      given: { ...given, replicas: read([replica('a', all), replica('b', ips(3, 2, 1))]) },
    },
    {
      title: 'a pod could not be read',
      given: { ...given, replicas: read([replica('a', all), replica('b', ips(1), { runtime: unread })]) },
    },
    {
      title: 'all pods are wrong alike: the configuration is',
      given: {
        ...agreed,
        upstreams: read([upstream(ips(1, 2))]),
        replicas: read(['a', 'b'].map((name) => replica(name, ips(1, 2)))),
      },
      instead: [['MissingFromUpstream', at(3)]],
    },
    {
      title: 'a pod does not use what it is configured with: it is merely behind',
      given: { ...given, replicas: read([replica('a', all), replica('b', all, { used: ips(1, 2) })]) },
      instead: [['DataPlaneBehind', at(3)]],
    },
  ],
};
