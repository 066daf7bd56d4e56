import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, refTo, terminating, unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const extra = { ...agreed, endpointSlices: read([slice(ips(1, 2, 3, 9))]) };
const withEndpoint = (one: ReturnType<typeof endpoint>) =>
  read([slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, one] })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'an address that no pod has',
      given: extra,
      says: [{ severity: 'Error', layer: 'EndpointSlices', port: 'http', addresses: at(9) }],
    },
    {
      title: 'a pod that is not ready, as ready',
      given: { ...extra, pods: read([...pods(3), unreadyPod(9)]), endpoints: unread },
      says: [{ severity: 'Error', layer: 'EndpointSlices', addresses: at(9) }],
    },
    {
      title: 'a port number that no pod listens on',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice(ips(3), { name: 'web-old', ports: [{ name: 'http', port: 9999, protocol: 'TCP' }] }),
        ]),
      },
      says: [{ severity: 'Error', layer: 'EndpointSlices', addresses: ['10.0.0.3:9999'] }],
    },
    {
      title: 'a dead pod, where another that ended once had the same IP',
      given: {
        ...agreed,
        pods: read([...pods(3), pod(4, { phase: 'Failed', ready: false, podIPs: ['10.0.0.9'] })]),
        endpointSlices: withEndpoint(endpoint('10.0.0.9', { targetRef: refTo(pod(9)) })),
      },
      says: [{ severity: 'Error', layer: 'EndpointSlices', addresses: at(9) }],
    },
    {
      title: 'a mirror holds more than the Endpoints that it mirrors',
      given: {
        services: read([service({ selector: {} })]),
        endpoints: read([endpoints(ips(1))]),
        endpointSlices: read([slice(ips(1, 9), { managedBy: 'endpointslicemirroring-controller.k8s.io' })]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'EndpointSlices',
          addresses: at(9),
          message: 'the EndpointSlices publish 1 address that Endpoints, which they mirror, does not have',
        },
      ],
    },
    {
      title: 'a pod that is gone, as terminating: left over, and not published',
      given: { ...agreed, endpointSlices: withEndpoint(endpoint('10.0.0.9', terminating)) },
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          port: 'http',
          addresses: at(9),
          message: 'the EndpointSlices hold 1 address, not as ready, that no pod has',
        },
      ],
    },
    {
      title: 'one published and one left over are told apart',
      given: {
        ...agreed,
        endpointSlices: read([
          slice([], {
            endpoints: [...slice(ips(1, 2, 3, 8)).endpoints, endpoint('10.0.0.9', { ready: false })],
          }),
        ]),
      },
      says: [
        { severity: 'Error', layer: 'EndpointSlices', addresses: at(8) },
        { severity: 'Warning', layer: 'EndpointSlices', addresses: at(9) },
      ],
    },
  ],
  nearMisses: [
    { title: 'the pods were not read', given: { ...extra, pods: unread } },
    {
      title: 'a terminating pod, shown as such',
      given: {
        ...agreed,
        pods: read([...pods(3), pod(9, { terminating: true })]),
        endpointSlices: withEndpoint(endpoint('10.0.0.9', terminating)),
      },
    },
    {
      title: 'a terminating pod whose slice has it as merely not ready: no traffic either way',
      given: {
        ...agreed,
        pods: read([...pods(3), pod(9, { terminating: true })]),
        endpointSlices: withEndpoint(endpoint('10.0.0.9', { ready: false })),
      },
    },
    {
      title: 'a pod that is not ready, of a Service that publishes it all the same',
      given: {
        ...extra,
        services: read([service({ publishNotReadyAddresses: true })]),
        pods: read([...pods(3), unreadyPod(9)]),
        endpoints: unread,
      },
    },
    {
      title: 'another controller put it there: that is the cause',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice(ips(9), { name: 'sync', managedBy: 'consul-sync' }),
        ]),
      },
      instead: [['ForeignSliceManager', at(9)]],
    },
    {
      title: 'an IPv6 address that the pod spells otherwise',
      given: {
        services: read([service({ ipFamilies: ['IPv6'] })]),
        pods: read([pod(1, { podIPs: ['fd00::1'] })]),
        endpointSlices: read([slice(['fd00::1'])]),
        endpoints: unread,
      },
    },
    {
      title: 'made by hand beside Endpoints made by hand',
      given: {
        services: read([service({ selector: {} })]),
        endpoints: read([endpoints(ips(1), { skipMirror: true })]),
        endpointSlices: read([slice(ips(9), { managedBy: '' })]),
      },
    },
    {
      title: 'a mirror in a file that has no Endpoints to compare with',
      given: {
        services: read([service({ selector: {} })]),
        endpointSlices: read([slice(ips(1, 9), { managedBy: 'endpointslicemirroring-controller.k8s.io' })]),
      },
    },
    {
      title: 'made by hand for a Service without a selector',
      given: {
        services: read([service({ selector: {} })]),
        pods: read(pods(3)),
        endpointSlices: read([slice(ips(9), { managedBy: '' })]),
      },
    },
  ],
};
