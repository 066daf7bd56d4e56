import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { port80, upstreamNode, without } from '../../helpers/objects.ts';
import { ips, read, service, upstream } from '../../helpers/snapshot.ts';

const port81 = upstream(ips(1, 9), { id: '2', name: 'shop_web_81', service: port80({ port: 81 }) });

export const fixture: Fixture = {
  appears: [
    {
      title: 'its nodes are looked up elsewhere, so it cannot be said how many',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3)),
          { ...port81, nodes: { state: 'Unread', reason: 'kubernetes discovery' } },
        ]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'Upstream',
          addresses: [],
          message:
            'shop_web_81 is for a port that the Service no longer has: its unknown nodes get no updates',
        },
      ],
    },
    {
      title: 'the Service no longer has the port',
      given: { ...agreed, upstreams: read([upstream(ips(1, 2, 3)), port81]) },
      says: [{ severity: 'Warning', layer: 'Upstream', addresses: at(1, 9), upstream: 'shop_web_81' }],
    },
  ],
  nearMisses: [
    {
      title: 'the port is there under another name',
      given: {
        ...agreed,
        services: read([service({ ports: [{ name: 'http', port: 81, protocol: 'TCP', targetPort: 8080 }] })]),
        upstreams: read([
          upstream(ips(1, 2, 3), { id: '2', name: 'shop_web_81', service: port80({ port: 81 }) }),
        ]),
      },
    },
    {
      title: 'an upstream of no known Service may be for any port',
      given: {
        ...agreed,
        upstreams: read([upstream(ips(1, 2, 3)), without(port81, 'service')]),
      },
    },
    {
      title: 'the other Service of that port has it',
      given: {
        ...agreed,
        upstreams: read([upstream(ips(1, 2, 3)), { ...port81, service: port80({ name: 'api', port: 81 }) }]),
      },
    },
    {
      title: 'a Service that is only a name needs no port for the gateway to use it',
      given: {
        services: read([service({ type: 'ExternalName', externalName: 'web.example.com', ports: [] })]),
        upstreams: read([
          upstream([], { nodes: { state: 'Read', items: [upstreamNode('web.example.com', { port: 80 })] } }),
        ]),
        gatewayGiven: true,
      },
    },
  ],
};
