import type { Fixture } from '../../helpers/finding-fixture.ts';
import { without } from '../../helpers/objects.ts';
import { agreed } from '../../helpers/judging.ts';
import { endpoints, ips, read, service, slice } from '../../helpers/snapshot.ts';

const byHand = {
  endpoints: read([endpoints(ips(1))]),
  endpointSlices: read([slice(ips(1), { managedBy: 'endpointslicemirroring-controller.k8s.io' })]),
};
const withoutSelector = without(service(), 'selector');

export const fixture: Fixture = {
  appears: [
    {
      title: 'there is none',
      given: { ...byHand, services: read([withoutSelector]) },
      says: [{ severity: 'Info', layer: 'Service', addresses: [] }],
    },
    {
      title: 'an empty one is none',
      given: { ...byHand, services: read([service({ selector: {} })]) },
      says: [{ severity: 'Info', layer: 'Service', addresses: [] }],
    },
  ],
  nearMisses: [
    { title: 'there is one', given: agreed },
    {
      title: 'there is one that matches nothing',
      given: { services: read([service({ selector: { app: 'other' } })]), endpointSlices: read([slice([])]) },
    },
    {
      title: 'a Service that is only a name needs none',
      given: {
        services: read([{ ...withoutSelector, type: 'ExternalName', externalName: 'web.example.com' }]),
      },
    },
  ],
};
