import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoints, ips, read, service, slice, upstream } from '../../helpers/snapshot.ts';

const mirror = (...last: readonly number[]) =>
  slice(ips(...last), {
    name: 'web-mirror',
    managedBy: 'endpointslicemirroring-controller.k8s.io',
    owner: { kind: 'Endpoints', name: 'web', uid: 'uid-of-endpoints' },
  });

export const fixture: Fixture = {
  appears: [
    {
      title: 'a mirror stays at a Service with a selector, and the gateway reads it too',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), mirror(8, 9)]),
        upstreams: read([upstream(ips(1, 2, 3, 8, 9))]),
      },
      says: [{ severity: 'Error', layer: 'EndpointSlices', port: 'http', addresses: at(8, 9) }],
    },
    {
      title: 'it repeats a pod that the gateway lacks, which it does not explain',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), mirror(3, 9)]),
        upstreams: read([upstream(ips(1, 2))]),
      },
      says: [{ severity: 'Error', layer: 'EndpointSlices', addresses: at(3, 9) }],
      beside: [['MissingFromUpstream', at(3)]],
    },
  ],
  nearMisses: [
    {
      title: 'the mirror of a Service without a selector is its very slice',
      given: {
        services: read([service({ selector: {} })]),
        endpointSlices: read([mirror(8, 9)]),
        endpoints: read([endpoints(ips(8, 9))]),
      },
    },
    {
      title: 'a slice made by hand beside a selector is no mirror',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(9), { name: 'x', managedBy: '' })]),
      },
      instead: [['ForeignSliceManager', at(9)]],
    },
    {
      title: 'the mirror is of another Service',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), { ...mirror(8, 9), serviceName: 'api' }]),
      },
    },
    {
      title: 'a Service that is only a name has no use for slices',
      given: {
        services: read([service({ type: 'ExternalName', externalName: 'web.example.com' })]),
        endpointSlices: read([mirror(8, 9)]),
      },
    },
  ],
};
