import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, unread } from '../../helpers/snapshot.ts';

export const fixture: Fixture = {
  appears: [
    {
      title: 'a ready pod is kept in notReadyAddresses',
      given: { ...agreed, endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]) },
      says: [{ severity: 'Warning', layer: 'Endpoints', port: 'http', addresses: at(3) }],
    },
    {
      title: 'a pod that is not ready is kept in addresses',
      given: {
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(1, 2, 3))]),
      },
      says: [{ severity: 'Warning', layer: 'Endpoints', addresses: at(3) }],
    },
    {
      title: 'both at once are one finding',
      given: {
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(2, 3), { notReady: ips(1) })]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'Endpoints',
          addresses: at(1, 3),
          message: 'Endpoints has 2 addresses in the wrong list: 1 ready as not ready, 1 the other way round',
        },
      ],
    },
  ],
  nearMisses: [
    {
      title: 'a pod that is not ready is where it belongs',
      given: {
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]),
      },
    },
    {
      title: 'the Service asks for pods that are not ready among the ready ones',
      given: {
        services: read([service({ publishNotReadyAddresses: true })]),
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(1, 2, 3))]),
      },
    },
    {
      title: 'a terminating pod is in no list that is right for it',
      given: {
        pods: read([...pods(2), pod(3, { terminating: true })]),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(1, 2, 3))]),
      },
      instead: [['StaleInEndpoints', at(3)]],
    },
    {
      title: 'a ready pod in both lists is published: a contradiction, not a split',
      given: { ...agreed, endpoints: read([endpoints(ips(1, 2, 3), { notReady: ips(3) })]) },
      instead: [['ContradictoryReadiness', at(3)]],
    },
  ],
};
