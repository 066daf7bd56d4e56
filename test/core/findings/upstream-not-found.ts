import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { backend, port80, route, unreadyPod, upstreamNode, upstreamWith } from '../../helpers/objects.ts';
import { ips, pods, read, service, slice, unread, upstream } from '../../helpers/snapshot.ts';
import { twoPorts } from '../../helpers/two-ports.ts';

const none = { ...agreed, upstreams: read([]) };
const given = { ...none, gatewayGiven: true };

export const fixture: Fixture = {
  appears: [
    {
      title: 'a pod that is not ready gets no requests anyway',
      given: { ...given, pods: read([...pods(2), unreadyPod(3)]), endpointSlices: unread, endpoints: unread },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(1, 2) }],
    },
    {
      title: 'no pod is ready: the port is told all the same',
      given: { upstreams: read([]), gatewayGiven: true },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: [] }],
    },
    {
      title: 'the gateway was named by hand and has none',
      given,
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(1, 2, 3) }],
    },
    {
      title: 'both ports of the Service have none: the addresses of both are told',
      given: { ...twoPorts, upstreams: read([]), gatewayGiven: true },
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          addresses: [1, 2, 3].flatMap((last) => [`10.0.0.${last}:8080`, `10.0.0.${last}:8081`]),
          message: 'the gateway has no upstream for this Service (looked for shop_web_80, shop_web_81)',
        },
      ],
    },
    {
      title: 'a route names the port, by its name',
      given: { ...none, apisixRoutes: read([route([backend('web', 'http')])]) },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(1, 2, 3) }],
    },
    {
      title: 'an Ingress of a class that is named after APISIX names the port',
      given: {
        ...none,
        ingresses: read([{ ...route([backend('web')]), kind: 'Ingress', className: 'apisix-internal' }]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(1, 2, 3) }],
    },
    {
      title: 'the gateway has one, of the Service of that name in another namespace',
      given: {
        ...given,
        upstreams: read([upstream(ips(1, 2, 3), { service: port80({ namespace: 'other' }) })]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(1, 2, 3) }],
    },
  ],
  nearMisses: [
    { title: 'the gateway was merely found: not every Service is behind it', given: none },
    {
      title: 'a route names another port of the Service',
      given: { ...none, apisixRoutes: read([route([backend('web', 9100)])]) },
    },
    {
      title: 'a route names another Service at a port of that number',
      given: { ...none, apisixRoutes: read([route([backend('web', 9100), backend('api')])]) },
    },
    {
      title: 'a route names the port, and the upstream is there by its ClusterIP',
      given: {
        ...none,
        apisixRoutes: read([route([backend('web')])]),
        upstreams: read([
          upstreamWith([], upstreamNode('10.96.0.1', { port: 80 }), {
            service: port80({ granularity: 'service' }),
          }),
        ]),
      },
    },
    {
      title: 'an Ingress of another class names the port',
      given: {
        ...none,
        ingresses: read([{ ...route([backend('web')]), kind: 'Ingress', className: 'nginx' }]),
      },
    },
    {
      title: 'an HTTPRoute names the port, and whose it is nobody knows',
      given: {
        ...none,
        gatewayRoutes: read([{ ...route([backend('web')]), kind: 'HTTPRoute', className: 'apisix' }]),
      },
    },
    {
      title: 'a route names another port, and this one of its namesake in another namespace',
      given: {
        ...none,
        apisixRoutes: read([route([backend('web', 9100), { ...backend('web'), namespace: 'other' }])]),
      },
    },
    {
      title: 'a route names the Service of that name in another namespace',
      given: { ...none, apisixRoutes: read([{ ...route([backend('web')]), namespace: 'other' }]) },
    },
    {
      title: 'the gateway was named by hand and could not be read',
      given: { ...given, upstreams: unread },
    },
    {
      title: 'the port beside it has one, and no route names this port',
      given: {
        services: read([
          service({
            ports: [
              { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
              { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 8080 },
            ],
          }),
        ]),
        pods: read(pods(1)),
        endpointSlices: read([
          slice(ips(1), {
            ports: [
              { name: 'http', port: 8080, protocol: 'TCP' },
              { name: 'metrics', port: 8080, protocol: 'TCP' },
            ],
          }),
        ]),
        endpoints: unread,
        upstreams: read([upstream(ips(1))]),
        gatewayGiven: true,
      },
    },
    {
      title: 'the upstream is there by its ClusterIP',
      given: {
        ...given,
        upstreams: read([
          upstreamWith([], upstreamNode('10.96.0.1', { port: 80 }), {
            service: port80({ granularity: 'service' }),
          }),
        ]),
      },
    },
    {
      title: 'the upstream is there and empty',
      given: { ...given, upstreams: read([upstream([])]) },
      instead: [['UpstreamEmpty', at(1, 2, 3)]],
    },
    {
      title: 'a Service that is only a name needs none',
      given: {
        services: read([service({ type: 'ExternalName', externalName: 'web.example.com' })]),
        upstreams: read([]),
        gatewayGiven: true,
      },
    },
  ],
};
