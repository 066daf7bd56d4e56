import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, terminating } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, upstream } from '../../helpers/snapshot.ts';

export const fixture: Fixture = {
  appears: [
    {
      title: 'a slice that is held back from being deleted keeps a dead address, and so does the gateway',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(9), { name: 'web-old', terminating: true })]),
        upstreams: read([upstream(ips(1, 2, 3, 9))]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', port: 'http', addresses: at(9) }],
    },
    {
      title: 'it has a ready pod as not ready: nobody writes it any more',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2)),
          slice([], {
            name: 'web-old',
            terminating: true,
            endpoints: [endpoint('10.0.0.3', { ready: false })],
          }),
        ]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3) }],
    },
    {
      title: 'it repeats a pod that the gateway lacks, which it does not explain',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(3), { name: 'web-old', terminating: true })]),
        upstreams: read([upstream(ips(1, 2))]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3) }],
      beside: [['MissingFromUpstream', at(3)]],
    },
  ],
  nearMisses: [
    {
      title: 'the endpoints are terminating, not the slice',
      given: {
        ...agreed,
        pods: read([...pods(2), pod(3, { terminating: true })]),
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', terminating)] }),
        ]),
        endpoints: read([endpoints(ips(1, 2))]),
      },
    },
    {
      title: 'the terminating slice is of another Service',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice(ips(9), { name: 'api-1', serviceName: 'api', terminating: true }),
        ]),
      },
    },
    {
      title: 'of a Service that is only a name nobody reads slices',
      given: {
        services: read([service({ type: 'ExternalName', externalName: 'web.example.com' })]),
        endpointSlices: read([slice(ips(9), { terminating: true })]),
      },
    },
  ],
};
