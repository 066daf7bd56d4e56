import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pods, read, service, slice } from '../../helpers/snapshot.ts';

const asked = { services: read([service({ publishNotReadyAddresses: true })]) };

export const fixture: Fixture = {
  appears: [
    {
      title: 'a pod that is not ready is published, as the Service asks',
      given: {
        ...asked,
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: agreed.endpointSlices,
        endpoints: agreed.endpoints,
      },
      says: [{ severity: 'Info', layer: 'Service', port: 'http', addresses: at(3) }],
    },
  ],
  nearMisses: [
    { title: 'the Service asks, and every pod is ready', given: { ...agreed, ...asked } },
    {
      title: 'the Service does not ask: such a pod is published as not ready',
      given: {
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', { ready: false })] }),
        ]),
        endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]),
      },
    },
    {
      title: 'the Service does not ask and it is published as ready: that is drift',
      given: { ...agreed, pods: read([...pods(2), unreadyPod(3)]) },
      instead: [
        ['StaleInSlices', at(3)],
        ['ReadinessSplit', at(3)],
      ],
    },
  ],
};
