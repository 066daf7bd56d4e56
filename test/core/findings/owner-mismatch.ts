import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, service, slice, upstream } from '../../helpers/snapshot.ts';

const ofOldService = { kind: 'Service', name: 'web', uid: 'uid-of-the-first' };
const old = (...last: readonly number[]) => slice(ips(...last), { name: 'web-old', owner: ofOldService });

export const fixture: Fixture = {
  appears: [
    {
      title: 'a slice of the Service that was deleted adds a dead address, also to the gateway',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), old(9)]),
        upstreams: read([upstream(ips(1, 2, 3, 9))]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', port: 'http', addresses: at(9) }],
    },
    {
      title: 'it repeats a pod that the gateway lacks, which it does not explain',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), old(3)]),
        upstreams: read([upstream(ips(1, 2))]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3) }],
      beside: [['MissingFromUpstream', at(3)]],
    },
  ],
  nearMisses: [
    {
      title: 'the file has no uid of the owner to compare with',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3), { owner: { ...ofOldService, uid: '' } })]),
      },
    },
    { title: 'the owner is the Service itself', given: agreed },
    {
      title: 'the file has no uid of the Service to compare with',
      given: {
        ...agreed,
        services: read([service({ uid: '' })]),
        endpointSlices: read([old(1, 2, 3)]),
      },
    },
    {
      title: 'the owner of a mirror is the Endpoints object',
      given: {
        ...agreed,
        services: read([service({ selector: {} })]),
        endpointSlices: read([
          slice(ips(1, 2, 3), {
            managedBy: 'endpointslicemirroring-controller.k8s.io',
            owner: { kind: 'Endpoints', name: 'web', uid: 'uid-of-endpoints' },
          }),
        ]),
      },
    },
    {
      title: 'the slice of another namespace is owned by the Service there',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), { ...old(9), namespace: 'other' }]),
      },
    },
  ],
};
