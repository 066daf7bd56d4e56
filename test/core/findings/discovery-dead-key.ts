import type { Discovery, Upstream } from '../../../source/core/snapshot.ts';
import type { Fixture } from '../../helpers/finding-fixture.ts';
import { at } from '../../helpers/judging.ts';
import { endpoints, ips, read, service, slice, upstream } from '../../helpers/snapshot.ts';

const discovered = (hosts: readonly string[], discovery: Partial<Discovery> = {}): Upstream =>
  upstream(hosts, {
    source: 'Discovery',
    discovery: { type: 'kubernetes', serviceName: 'shop/web:http', ...discovery },
  });

const gone = {
  services: read([service({ selector: {} })]),
  endpoints: read([]),
  endpointSlices: read([]),
};

const mirror = slice(ips(7), {
  managedBy: 'endpointslicemirroring-controller.k8s.io',
  owner: { kind: 'Endpoints', name: 'web', uid: 'uid-web' },
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'the Endpoints object is gone, and its node is still found',
      given: { ...gone, upstreams: read([discovered(ips(7))]) },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(7) }],
    },
  ],
  nearMisses: [
    { title: 'nothing is found any more', given: { ...gone, upstreams: read([discovered([])]) } },
    {
      title: 'what is found cannot be read',
      given: {
        ...gone,
        upstreams: read([{ ...discovered([]), nodes: { state: 'Unread', reason: 'kubernetes discovery' } }]),
      },
    },
    {
      title: 'the object is there',
      given: {
        ...gone,
        endpoints: read([endpoints(ips(7))]),
        endpointSlices: read([mirror]),
        upstreams: read([discovered(ips(7))]),
      },
    },
    {
      title: 'slices are read, which have names of their own',
      given: { ...gone, upstreams: read([discovered(ips(7), { wantsSlices: true })]) },
      instead: [['StaleInUpstream', at(7)]],
    },
    {
      title: 'a controller keeps the nodes',
      given: { ...gone, upstreams: read([upstream(ips(7))]) },
      instead: [['StaleInUpstream', at(7)]],
    },
  ],
};
