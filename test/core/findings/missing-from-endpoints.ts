import type { Fixture } from '../../helpers/finding-fixture.ts';
import { cutAfter } from '../../helpers/crowd.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, terminating, unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const short = { ...agreed, endpoints: read([endpoints(ips(1, 2))]) };
const fourth = (one: ReturnType<typeof endpoint>) =>
  read([slice([], { endpoints: [...slice(ips(1, 2)).endpoints, one] })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'a ready pod is not there',
      given: short,
      says: [{ severity: 'Warning', layer: 'Endpoints', port: 'http', addresses: at(3) }],
    },
    {
      title: 'there is no Endpoints object at all',
      given: { ...agreed, endpoints: read([]) },
      says: [{ severity: 'Warning', layer: 'Endpoints', addresses: at(1, 2, 3) }],
    },
    {
      title: 'a pod that is not ready is in neither list',
      given: {
        ...short,
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: fourth(endpoint('10.0.0.3', { ready: false })),
      },
      says: [{ severity: 'Warning', layer: 'Endpoints', addresses: at(3) }],
    },
  ],
  nearMisses: [
    { title: 'Endpoints was not read', given: { ...agreed, endpoints: unread } },
    {
      title: 'a terminating pod is in slices alone, by design',
      given: {
        ...short,
        pods: read([...pods(2), pod(3, { terminating: true })]),
        endpointSlices: fourth(endpoint('10.0.0.3', terminating)),
      },
    },
    {
      title: 'an address of the second IP family is in slices alone, by design',
      given: {
        services: read([service({ ipFamilies: ['IPv6', 'IPv4'] })]),
        pods: read([pod(1, { podIPs: ['10.0.0.1', 'fd00::1'] })]),
        endpointSlices: read([slice(ips(1)), slice(['fd00::1'], { name: 'web-v6' })]),
        endpoints: read([endpoints(['fd00::1'])]),
      },
    },
    {
      title: 'a pod without the named port has no address under it',
      given: {
        services: read([
          service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] }),
        ]),
        pods: read([pod(1)]),
        endpointSlices: read([slice(ips(1), { ports: [] })]),
        endpoints: read([endpoints([], { subsets: [] })]),
      },
      instead: [['PortMissing', []]],
    },
    {
      title: 'the annotation says that it was cut: that is the cause',
      given: cutAfter(2, 3),
      instead: [['EndpointsTruncated', at(3)]],
    },
  ],
};
