import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, refTo, terminating } from '../../helpers/objects.ts';
import { ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const ghost = pod(4, { podIPs: ips(3), terminating: true });
const both = read([
  slice([], {
    endpoints: [
      ...slice(ips(1, 2)).endpoints,
      endpoint('10.0.0.3', { targetRef: refTo(pod(3)) }),
      endpoint('10.0.0.3', { targetRef: refTo(ghost), ...terminating }),
    ],
  }),
]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'a pod has the IP of one that hangs in Terminating',
      given: { ...agreed, pods: read([...pods(3), ghost]), endpointSlices: both },
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          port: 'http',
          addresses: at(3),
          pods: ['web-3', 'web-4'],
        },
      ],
    },
    {
      title: 'the slices still name the pod that had it before',
      given: { ...agreed, endpointSlices: both },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3), pods: ['web-3'] }],
    },
    {
      title: 'many pods of two IPs are named in the order of text, and the command asks for the first four',
      given: {
        ...agreed,
        pods: read([
          pod(1),
          pod(2),
          pod(9, { podIPs: ips(1) }),
          ...[8, 7, 6, 5, 3].map((number) => pod(number, { podIPs: ips(3) })),
        ]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          addresses: at(1, 3),
          pods: ['web-1', 'web-3', 'web-5', 'web-6', 'web-7', 'web-8', 'web-9'],
          hint: 'kubectl get pods web-1 web-3 web-5 web-6 -o wide -n shop',
        },
      ],
    },
  ],
  nearMisses: [
    {
      title: 'only one of the two has the IP for itself: the other is on the network of its Node',
      given: { ...agreed, pods: read([...pods(2), pod(3, { hostNetwork: true }), ghost]) },
    },
    {
      title: 'slices mention the address twice, of one pod: that is an address written twice',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(3), { name: 'web-def34' })]),
      },
      instead: [['DuplicateAddress', at(3)]],
    },
    {
      title: 'the other pod has ended: nobody publishes it',
      given: {
        ...agreed,
        pods: read([...pods(3), pod(4, { podIPs: ips(3), phase: 'Failed', ready: false })]),
      },
    },
    {
      title: 'the other pod is of another Service',
      given: { ...agreed, pods: read([...pods(3), { ...ghost, labels: { app: 'api' } }]) },
    },
    {
      title: 'two pods of one host IP, on ports of their own',
      given: {
        services: read([
          service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] }),
        ]),
        pods: read(
          [8080, 9090].map((containerPort, index) =>
            pod(index + 1, {
              podIPs: ips(1),
              namedPorts: [{ name: 'web', containerPort, protocol: 'TCP' }],
            }),
          ),
        ),
        endpointSlices: read(
          [8080, 9090].map((port) =>
            slice(ips(1), { name: `web-${port}`, ports: [{ name: 'http', port, protocol: 'TCP' }] }),
          ),
        ),
        endpoints: unread,
      },
    },
    {
      title:
        'a pod on the network of its Node takes the place of one that goes: they share its IP, as they should',
      given: {
        ...agreed,
        pods: read([...pods(2), pod(3, { hostNetwork: true }), { ...ghost, hostNetwork: true }]),
        endpointSlices: both,
      },
    },
    {
      title: 'the slices still name the one that has gone',
      given: { ...agreed, pods: read([...pods(2), pod(3, { hostNetwork: true })]), endpointSlices: both },
    },
    {
      title: 'two such pods on one Node, of a headless Service without ports',
      given: {
        services: read([service({ clusterIP: 'None', ports: [] })]),
        pods: read([1, 2].map((number) => pod(number, { podIPs: ips(1), hostNetwork: true }))),
        endpointSlices: read([
          slice([], {
            ports: [],
            endpoints: [1, 2].map((number) => endpoint('10.0.0.1', { targetRef: refTo(pod(number)) })),
          }),
        ]),
        endpoints: unread,
      },
    },
    {
      title: 'the pod is listed twice, by the same uid',
      given: {
        ...agreed,
        endpointSlices: read([
          slice([], {
            endpoints: [
              ...slice(ips(1, 2)).endpoints,
              endpoint('10.0.0.3', { targetRef: refTo(pod(3)) }),
              endpoint('10.0.0.3', { targetRef: refTo(pod(3)) }),
            ],
          }),
        ]),
      },
      instead: [['DuplicateAddress', at(3)]],
    },
    {
      title: 'an orphaned mirror still names the pod that had it before: that is the cause',
      given: {
        ...agreed,
        endpointSlices: read([
          slice([], {
            endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', { targetRef: refTo(pod(3)) })],
          }),
          slice([], {
            name: 'web-mirror',
            managedBy: 'endpointslicemirroring-controller.k8s.io',
            endpoints: [endpoint('10.0.0.3', { targetRef: refTo(pod(9)) })],
          }),
        ]),
      },
      instead: [['OrphanedMirrorSlice', at(3)]],
    },
  ],
};
