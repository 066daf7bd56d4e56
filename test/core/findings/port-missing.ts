import type { Fixture } from '../../helpers/finding-fixture.ts';
import { endpoints, ips, pod, read, service, slice } from '../../helpers/snapshot.ts';

const named = (name: string, protocol = 'TCP') => [{ name, containerPort: 8080, protocol }];
const toWeb = read([service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] })]);
const two = (second: ReturnType<typeof pod>) => ({
  services: toWeb,
  pods: read([pod(1, { namedPorts: named('web') }), second]),
  endpointSlices: read([slice(ips(1)), slice(ips(2), { name: 'web-portless', ports: [] })]),
  endpoints: read([endpoints(ips(1))]),
});

const says = (names: string) => ({
  severity: 'Warning' as const,
  layer: 'Pods' as const,
  port: 'http',
  addresses: [],
  pods: ['web-2'],
  message: `1 pod without a TCP container port named "web", the targetPort: ${names}`,
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'a pod that names no port at all',
      given: two(pod(2)),
      says: [says('they name no port at all')],
    },
    {
      title: 'the names of several pods are told in the order of text',
      given: {
        ...two(pod(2)),
        pods: read([
          pod(1, { namedPorts: named('web') }),
          pod(2, { namedPorts: named('www') }),
          pod(3, { namedPorts: named('http') }),
        ]),
        endpointSlices: read([slice(ips(1)), slice(ips(2, 3), { name: 'web-portless', ports: [] })]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'Pods',
          addresses: [],
          pods: ['web-2', 'web-3'],
          message:
            '2 pods without a TCP container port named "web", the targetPort: they have "http" (TCP), "www" (TCP)',
        },
      ],
    },
    {
      title: 'a pod without a container port of that name has a slice without ports',
      given: two(pod(2, { namedPorts: named('www') })),
      says: [says('they have "www" (TCP)')],
    },
    {
      title: 'a container port of that name and another protocol does not count',
      given: two(pod(2, { namedPorts: named('web', 'UDP') })),
      says: [says('they have "web" (UDP)')],
    },
  ],
  nearMisses: [
    {
      title: 'the pod without it has no IP, so it is published nowhere yet',
      given: {
        ...two(pod(2, { phase: 'Pending', ready: false, podIPs: [] })),
        endpointSlices: read([slice(ips(1))]),
      },
    },
    {
      title: 'a number needs no container port: nobody checks that it is declared',
      given: {
        pods: read([pod(1), pod(2)]),
        endpointSlices: read([slice(ips(1, 2))]),
        endpoints: read([endpoints(ips(1, 2))]),
      },
    },
    {
      title: 'each pod has the name, under a number of its own',
      given: {
        services: toWeb,
        pods: read([
          pod(1, { namedPorts: named('web') }),
          pod(2, { namedPorts: [{ name: 'web', containerPort: 9090, protocol: 'TCP' }] }),
        ]),
        endpointSlices: read([
          slice(ips(1)),
          slice(ips(2), { name: 'web-9090', ports: [{ name: 'http', port: 9090, protocol: 'TCP' }] }),
        ]),
        endpoints: read([
          endpoints([], {
            subsets: [8080, 9090].map((port, index) => ({
              addresses: [{ ip: `10.0.0.${index + 1}` }],
              notReadyAddresses: [],
              ports: [{ name: 'http', port, protocol: 'TCP' }],
            })),
          }),
        ]),
      },
    },
    { title: 'the pod without it is going', given: two(pod(2, { terminating: true })) },
    { title: 'the pod without it has ended', given: two(pod(2, { phase: 'Succeeded', ready: false })) },
    {
      title: 'a Service without a selector looks nothing up',
      given: {
        services: read([
          service({ selector: {}, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] }),
        ]),
        pods: read([pod(2)]),
        endpointSlices: read([slice(ips(9), { managedBy: '' })]),
      },
    },
  ],
};
