import type { Fixture } from '../../helpers/finding-fixture.ts';
import { endpoints, ips, pod, read, service, slice, unread } from '../../helpers/snapshot.ts';

const dual = {
  services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
  pods: read([pod(1, { podIPs: ['10.0.0.1', 'fd00::1'] })]),
  endpointSlices: read([slice(ips(1)), slice(['fd00::1'], { name: 'web-v6' })]),
  endpoints: read([endpoints(ips(1))]),
};

export const fixture: Fixture = {
  appears: [
    {
      title: 'Endpoints has the first family alone',
      given: dual,
      says: [{ severity: 'Info', layer: 'Endpoints', port: 'http', addresses: ['[fd00::1]:8080'] }],
    },
    {
      title: 'the first family is IPv6',
      given: {
        ...dual,
        services: read([service({ ipFamilies: ['IPv6', 'IPv4'] })]),
        endpoints: read([endpoints(['fd00::1'])]),
      },
      says: [{ severity: 'Info', layer: 'Endpoints', port: 'http', addresses: ['10.0.0.1:8080'] }],
    },
  ],
  nearMisses: [
    {
      title: 'pods have two families and the Service has one',
      given: {
        ...dual,
        services: read([service()]),
        endpointSlices: read([slice(ips(1))]),
      },
    },
    {
      title: 'the Service has two families and its pods have one',
      given: { ...dual, pods: read([pod(1)]), endpointSlices: read([slice(ips(1))]) },
    },
    { title: 'Endpoints was not read', given: { ...dual, endpoints: unread } },
    {
      title: 'the first family is missing too: that is drift',
      given: {
        ...dual,
        pods: read([pod(1)]),
        endpointSlices: read([slice(ips(1))]),
        endpoints: read([endpoints([])]),
      },
      instead: [['MissingFromEndpoints', ['10.0.0.1:8080']]],
    },
  ],
};
