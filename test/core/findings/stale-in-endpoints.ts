import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, terminating, unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const extra = { ...agreed, endpoints: read([endpoints(ips(1, 2, 3, 9))]) };

export const fixture: Fixture = {
  appears: [
    {
      title: 'an address that no pod has',
      given: extra,
      says: [{ severity: 'Warning', layer: 'Endpoints', port: 'http', addresses: at(9) }],
    },
    {
      title: 'a terminating pod, which the endpoints controller drops',
      given: {
        ...extra,
        pods: read([...pods(3), pod(9, { terminating: true })]),
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, endpoint('10.0.0.9', terminating)] }),
        ]),
      },
      says: [{ severity: 'Warning', layer: 'Endpoints', addresses: at(9) }],
    },
    {
      title: 'a pod that is gone, in the list of those that are not ready',
      given: { ...agreed, endpoints: read([endpoints(ips(1, 2, 3), { notReady: ips(9) })]) },
      says: [
        {
          severity: 'Warning',
          layer: 'Endpoints',
          addresses: at(9),
          message: 'Endpoints holds 1 address, not as ready, of pods that are gone or going',
        },
      ],
    },
  ],
  nearMisses: [
    { title: 'the pods were not read', given: { ...extra, pods: unread } },
    {
      title: 'a terminating pod of a Service that publishes whatever there is',
      given: {
        ...extra,
        services: read([service({ publishNotReadyAddresses: true })]),
        pods: read([...pods(3), pod(9, { terminating: true })]),
        endpointSlices: read([slice(ips(1, 2, 3, 9))]),
      },
    },
    {
      title: 'a pod that is not ready, in the list for those',
      given: {
        ...agreed,
        pods: read([...pods(3), unreadyPod(9)]),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(1, 2, 3), { notReady: ips(9) })]),
      },
    },
    {
      title: 'a pod that is not ready, in the wrong list: that has a name of its own',
      given: { ...extra, pods: read([...pods(3), unreadyPod(9)]), endpointSlices: unread },
      instead: [['ReadinessSplit', at(9)]],
    },
    {
      title: 'made by hand for a Service without a selector',
      given: { ...extra, services: read([service({ selector: {} })]), endpointSlices: unread },
    },
  ],
};
