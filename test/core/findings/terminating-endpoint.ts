import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, terminating } from '../../helpers/objects.ts';
import { ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const going = read([...pods(3), pod(4, { terminating: true })]);
const withFourth = (changes: Parameters<typeof endpoint>[1]) =>
  read([slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, endpoint('10.0.0.4', changes)] })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'slices keep a terminating pod, Endpoints does not',
      given: { ...agreed, pods: going, endpointSlices: withFourth(terminating) },
      says: [{ severity: 'Info', layer: 'EndpointSlices', port: 'http', addresses: at(4) }],
    },
  ],
  nearMisses: [
    {
      title: 'slices still have it as ready: that is drift',
      given: { ...agreed, pods: going, endpointSlices: withFourth({}) },
      instead: [['StaleInSlices', at(4)]],
    },
    {
      title: 'slices say so of a pod that is no more',
      given: { ...agreed, endpointSlices: withFourth(terminating) },
      instead: [['StaleInSlices', at(4)]],
    },
    {
      title: 'the Service publishes it as ready, and it is there as ready',
      given: {
        services: read([service({ publishNotReadyAddresses: true })]),
        pods: going,
        endpointSlices: withFourth({}),
        endpoints: unread,
      },
    },
    { title: 'the slices were not read', given: { ...agreed, pods: going, endpointSlices: unread } },
  ],
};
