import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const withFourth = (changes: Parameters<typeof endpoint>[1]) =>
  read([slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, endpoint('10.0.0.4', changes)] })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'of many pods the command asks for the first three',
      given: { pods: read([1, 2, 3, 4].map(unreadyPod)), endpointSlices: unread, endpoints: unread },
      says: [
        {
          severity: 'Info',
          layer: 'Pods',
          addresses: at(1, 2, 3, 4),
          pods: ['web-1', 'web-2', 'web-3', 'web-4'],
          message: '4 pods are not ready, so no traffic is due there',
          hint: 'kubectl get pods web-1 web-2 web-3 -n shop',
        },
      ],
    },
    {
      title: 'slices and Endpoints have it as not ready, as they should',
      given: {
        pods: read([...pods(3), unreadyPod(4)]),
        endpointSlices: withFourth({ ready: false, serving: false }),
        endpoints: read([endpoints(ips(1, 2, 3), { notReady: ips(4) })]),
      },
      says: [{ severity: 'Info', layer: 'Pods', port: 'http', addresses: at(4), pods: ['web-4'] }],
    },
    {
      title: 'it has no IP yet, so it is counted as a pod',
      given: { ...agreed, pods: read([...pods(3), pod(4, { phase: 'Pending', ready: false, podIPs: [] })]) },
      says: [{ severity: 'Info', layer: 'Pods', addresses: [], pods: ['web-4'] }],
    },
  ],
  nearMisses: [
    {
      title: 'it has ended, which is more than not ready',
      given: { ...agreed, pods: read([...pods(3), pod(4, { phase: 'Failed', ready: false })]) },
    },
    {
      title: 'it is terminating, ready or not',
      given: {
        ...agreed,
        pods: read([...pods(3), pod(4, { ready: false, terminating: true })]),
        endpointSlices: withFourth({ ready: false, serving: false, terminating: true }),
      },
    },
    {
      title: 'the Service publishes it all the same',
      given: {
        services: read([service({ publishNotReadyAddresses: true })]),
        pods: read([...pods(3), unreadyPod(4)]),
        endpointSlices: withFourth({}),
        endpoints: unread,
      },
    },
    {
      title: 'it is of another Service',
      given: { ...agreed, pods: read([...pods(3), pod(4, { ready: false, labels: { app: 'api' } })]) },
    },
  ],
};
