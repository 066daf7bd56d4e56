import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { port80, upstreamNode } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, upstream } from '../../helpers/snapshot.ts';

export const fixture: Fixture = {
  appears: [
    {
      title: 'one upstream has a node twice',
      given: { ...agreed, upstreams: read([upstream(ips(1, 2, 3, 3))]) },
      says: [{ severity: 'Warning', layer: 'Upstream', addresses: at(3), upstream: 'shop_web_80' }],
    },
    {
      title: 'thrice is said once',
      given: { ...agreed, upstreams: read([upstream(ips(1, 2, 3, 3, 3))]) },
      says: [{ severity: 'Warning', layer: 'Upstream', addresses: at(3) }],
    },
  ],
  nearMisses: [
    {
      title: 'one host under two ports is two nodes',
      given: {
        services: read([
          service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] }),
        ]),
        pods: read(
          [8080, 9090].map((containerPort, index) =>
            pod(index + 1, { podIPs: ips(1), namedPorts: [{ name: 'web', containerPort, protocol: 'TCP' }] }),
          ),
        ),
        endpointSlices: read(
          [8080, 9090].map((port) =>
            slice(ips(1), { name: `web-${port}`, ports: [{ name: 'http', port, protocol: 'TCP' }] }),
          ),
        ),
        endpoints: read([
          endpoints([], {
            subsets: [8080, 9090].map((port) => ({
              addresses: [{ ip: '10.0.0.1' }],
              notReadyAddresses: [],
              ports: [{ name: 'http', port, protocol: 'TCP' }],
            })),
          }),
        ]),
        upstreams: read([
          upstream([], {
            nodes: {
              state: 'Read',
              items: [upstreamNode('10.0.0.1'), upstreamNode('10.0.0.1', { port: 9090 })],
            },
          }),
        ]),
      },
    },
    {
      title: 'the upstreams of two subsets share a pod',
      given: {
        pods: read(pods(1)),
        endpointSlices: read([slice(ips(1))]),
        endpoints: read([endpoints(ips(1))]),
        upstreams: read([
          upstream(ips(1), { id: '1', name: 'shop_web_v1_80', service: port80({ subset: 'v1' }) }),
          upstream(ips(1), { id: '2', name: 'shop_web_all_80', service: port80({ subset: 'all' }) }),
        ]),
      },
    },
    {
      title: 'a node of double weight is there once',
      given: {
        pods: read(pods(1)),
        endpointSlices: read([slice(ips(1))]),
        endpoints: read([endpoints(ips(1))]),
        upstreams: read([
          upstream([], { nodes: { state: 'Read', items: [upstreamNode('10.0.0.1', { weight: 200 })] } }),
        ]),
      },
    },
  ],
};
