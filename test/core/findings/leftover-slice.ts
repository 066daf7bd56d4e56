import type { Fixture } from '../../helpers/finding-fixture.ts';
import { without } from '../../helpers/objects.ts';
import { at } from '../../helpers/judging.ts';
import { endpoints, ips, read, service, slice, upstream } from '../../helpers/snapshot.ts';

const mirror = {
  name: 'web-mirror',
  managedBy: 'endpointslicemirroring-controller.k8s.io',
  owner: { kind: 'Endpoints', name: 'web', uid: 'uid-of-endpoints' },
};
const byHand = {
  services: read([service({ selector: {} })]),
  endpoints: read([endpoints(ips(1, 2))]),
};

export const fixture: Fixture = {
  appears: [
    {
      title: 'the slice from before the selector was removed stays beside the mirror',
      given: { ...byHand, endpointSlices: read([slice(ips(1, 2)), slice(ips(1, 2), mirror)]) },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', port: 'http', addresses: at(1, 2) }],
    },
  ],
  nearMisses: [
    {
      title: 'with a selector the same slices are the ones that are kept',
      given: {
        services: read([service({ selector: { app: 'none' } })]),
        endpointSlices: read([slice([])]),
      },
    },
    {
      title: 'a mirror is kept up to date',
      given: { ...byHand, endpointSlices: read([slice(ips(1, 2), mirror)]) },
    },
    {
      title: 'slices made by hand are what such a Service is for',
      given: {
        services: byHand.services,
        endpointSlices: read([slice(ips(1, 2), { managedBy: '' })]),
        upstreams: read([upstream(ips(1, 2))]),
      },
    },
    {
      title: 'of a Service that is only a name nobody reads slices',
      given: {
        services: read([
          without(service({ type: 'ExternalName', externalName: 'web.example.com' }), 'selector'),
        ]),
        endpointSlices: read([slice(ips(1, 2))]),
      },
    },
  ],
};
