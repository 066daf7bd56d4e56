import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, refTo } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, slice, unread, upstream } from '../../helpers/snapshot.ts';

const failed = pod(4, { phase: 'Failed', ready: false });
const dead = { ...agreed, pods: read([...pods(3), failed]) };
const withFourth = (one: ReturnType<typeof endpoint>) =>
  read([slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, one] })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'many ended pods are named in the order of text, and the command deletes the first four',
      given: {
        ...agreed,
        pods: read([
          ...pods(3),
          ...[4, 5, 6, 7, 8].map((number) =>
            pod(number, { phase: 'Failed', ready: false, podIPs: ips(20 - number) }),
          ),
        ]),
        endpointSlices: read([slice(ips(1, 2, 3, 12, 13, 14, 15, 16))]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'EndpointSlices',
          addresses: at(12, 13, 14, 15, 16),
          pods: ['web-4', 'web-5', 'web-6', 'web-7', 'web-8'],
          hint: 'kubectl delete pods web-4 web-5 web-6 web-7 -n shop',
        },
      ],
    },
    {
      title: 'slices and Endpoints keep an evicted pod, and so does the gateway',
      given: {
        ...dead,
        endpointSlices: withFourth(endpoint('10.0.0.4', { targetRef: refTo(failed) })),
        endpoints: read([endpoints(ips(1, 2, 3, 4))]),
        upstreams: read([upstream(ips(1, 2, 3, 4))]),
      },
      says: [
        { severity: 'Error', layer: 'EndpointSlices', port: 'http', addresses: at(4), pods: ['web-4'] },
        { severity: 'Error', layer: 'Endpoints', port: 'http', addresses: at(4), pods: ['web-4'] },
      ],
    },
    {
      title: 'one of two ended pods is kept, and only that one is counted',
      given: {
        ...agreed,
        pods: read([...pods(3), failed, pod(5, { phase: 'Succeeded', ready: false })]),
        endpointSlices: withFourth(endpoint('10.0.0.4')),
      },
      says: [
        {
          severity: 'Error',
          layer: 'EndpointSlices',
          addresses: at(4),
          pods: ['web-4'],
          message: 'EndpointSlices still publishes 1 address of 1 pod that ended',
        },
      ],
    },
  ],
  nearMisses: [
    { title: 'the pod ended and is published nowhere', given: dead },
    {
      title: 'a live pod was given the IP of the one that ended',
      given: { ...dead, pods: read([...pods(3), pod(4, { phase: 'Failed', ready: false, podIPs: ips(3) })]) },
    },
    {
      title: 'the slice names another dead pod that once had the same IP',
      given: {
        ...dead,
        endpointSlices: withFourth(endpoint('10.0.0.4', { targetRef: refTo(pod(9)) })),
      },
      instead: [['StaleInSlices', at(4)]],
    },
    {
      title: 'the pod ends but has not ended',
      given: {
        ...agreed,
        pods: read([...pods(3), pod(4, { terminating: true })]),
        endpointSlices: withFourth(endpoint('10.0.0.4')),
        endpoints: unread,
      },
      instead: [['StaleInSlices', at(4)]],
    },
    {
      title: 'the gateway alone keeps it: it reads neither pods nor their phase',
      given: { ...dead, upstreams: read([upstream(ips(1, 2, 3, 4))]) },
      instead: [['StaleInUpstream', at(4)]],
    },
  ],
};
