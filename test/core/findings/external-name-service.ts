import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed } from '../../helpers/judging.ts';
import { port80, upstreamNode, upstreamWith } from '../../helpers/objects.ts';
import { read, service, slice, upstream } from '../../helpers/snapshot.ts';

const name = read([service({ type: 'ExternalName', externalName: 'web.example.com' })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'the Service is a name, and the gateway leads to it',
      given: {
        services: name,
        upstreams: read([
          upstream([], { nodes: { state: 'Read', items: [upstreamNode('web.example.com', { port: 80 })] } }),
        ]),
      },
      says: [{ severity: 'Info', layer: 'Service', addresses: [] }],
    },
    {
      title: 'it has a selector and pods that match, which no controller looks at',
      given: { ...agreed, services: name },
      says: [{ severity: 'Info', layer: 'Service', addresses: [] }],
    },
  ],
  nearMisses: [
    {
      title: 'a field left over from when it was a name',
      given: { ...agreed, services: read([service({ externalName: 'web.example.com' })]) },
    },
    {
      title: 'a headless Service without pods has no address either',
      given: { services: read([service({ clusterIP: 'None' })]), endpointSlices: read([slice([])]) },
    },
    {
      title: 'the gateway leads to a host name, and the Service is none',
      given: {
        services: read([service()]),
        endpointSlices: read([slice([])]),
        upstreams: read([upstreamWith([], upstreamNode('web.example.com'), { service: port80() })]),
      },
    },
  ],
};
