import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, replica, unread, upstream } from '../../helpers/snapshot.ts';
import { checksOf, holding } from '../../helpers/two-ports.ts';

const all = ips(1, 2, 3);
const given = { ...agreed, upstreams: read([upstream(all)]) };
const two = [upstream(all), upstream(all, { id: '2', name: 'web_by_rule' })];

export const fixture: Fixture = {
  appears: [
    {
      title: 'two pods probe it, and both are named',
      given: {
        ...given,
        replicas: read([replica('a', all, { probed: ips(9) }), replica('b', all, { probed: ips(9) })]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'HealthCheck',
          addresses: at(9),
          message: 'the health checks of gw/a, gw/b still probe 1 address to which no requests go',
        },
      ],
    },
    {
      title: 'a pod probes an address that it sends no requests',
      given: { ...given, replicas: read([replica('a', all, { probed: ips(1, 9) }), replica('b', all)]) },
      says: [{ severity: 'Warning', layer: 'HealthCheck', replica: 'gw/a', addresses: at(9) }],
    },
    {
      title: 'a pod probes it for two upstreams of the port, and is named once',
      given: {
        ...agreed,
        upstreams: read(two),
        replicas: read([holding('a', two, { healthChecks: read(two.map((one) => checksOf(one, ips(9)))) })]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'HealthCheck',
          replica: 'gw/a',
          addresses: at(9),
          message: 'the health checks of gw/a still probe 1 address to which no requests go',
        },
      ],
    },
    {
      title: 'a pod of each of two gateways probes it: each is told of its own',
      given: {
        ...given,
        replicas: read(
          ['edge', 'internal'].map((gateway) => replica(gateway, all, { gateway, probed: ips(9) })),
        ),
      },
      says: ['edge', 'internal'].map((gateway) => ({
        severity: 'Warning',
        layer: 'HealthCheck',
        gateway,
        replica: `gw/${gateway}`,
        addresses: at(9),
      })),
    },
    {
      title: 'what it uses is not known, but what it is configured with',
      given: { ...given, replicas: read([replica('a', all, { probed: ips(9), runtime: unread })]) },
      says: [{ severity: 'Warning', layer: 'HealthCheck', addresses: at(9) }],
    },
  ],
  nearMisses: [
    {
      title: 'the checks go to a port of their own',
      given: {
        ...given,
        replicas: read([
          replica('a', all, {
            healthChecks: read([
              {
                id: '1',
                nodes: { state: 'Read', items: all.map((host) => ({ host, port: 8081, healthy: true })) },
                service: { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint' },
              },
            ]),
          }),
        ]),
      },
    },
    {
      title: 'only some nodes are probed',
      given: { ...given, replicas: read([replica('a', all, { probed: ips(1) })]) },
    },
    {
      title: 'what is probed is stale, but gets requests too: that is the finding',
      given: {
        ...agreed,
        upstreams: read([upstream([...all, ...ips(9)])]),
        replicas: read([replica('a', [...all, ...ips(9)], { probed: ips(9) })]),
      },
      instead: [['StaleInUpstream', at(9)]],
    },
    {
      title: 'the health checks could not be read',
      given: { ...given, replicas: read([replica('a', all, { healthChecks: unread })]) },
    },
  ],
};
