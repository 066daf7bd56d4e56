import type { Fixture } from '../../helpers/finding-fixture.ts';
import { without } from '../../helpers/objects.ts';
import { agreed } from '../../helpers/judging.ts';
import { ips, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

export const fixture: Fixture = {
  appears: [
    {
      title: 'the ClusterIP is None',
      given: { ...agreed, services: read([service({ clusterIP: 'None' })]) },
      says: [{ severity: 'Info', layer: 'Service', addresses: [] }],
    },
    {
      title: 'and it has no ports',
      given: {
        services: read([service({ clusterIP: 'None', ports: [] })]),
        pods: read(pods(2)),
        endpointSlices: read([slice(ips(1, 2), { ports: [] })]),
        endpoints: unread,
      },
      says: [{ severity: 'Info', layer: 'Service', addresses: [] }],
    },
  ],
  nearMisses: [
    { title: 'it has a ClusterIP', given: agreed },
    {
      title: 'it has none yet, or the manifest does not say',
      given: { ...agreed, services: read([without(service(), 'clusterIP')]) },
    },
    {
      title: 'a Service that is only a name has no ClusterIP either',
      given: {
        services: read([
          without(service({ type: 'ExternalName', externalName: 'web.example.com' }), 'clusterIP'),
        ]),
      },
    },
  ],
};
