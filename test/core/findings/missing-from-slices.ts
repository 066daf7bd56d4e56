import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { nodes, terminating, endpoint } from '../../helpers/objects.ts';
import { ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const short = { ...agreed, endpointSlices: read([slice(ips(1, 2))]) };

export const fixture: Fixture = {
  appears: [
    {
      title: 'a ready pod is in no slice',
      given: short,
      says: [{ severity: 'Error', layer: 'EndpointSlices', port: 'http', addresses: at(3) }],
    },
    {
      title: 'a ready pod is there, as not ready',
      given: {
        ...agreed,
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', { ready: false })] }),
        ]),
      },
      says: [{ severity: 'Error', layer: 'EndpointSlices', addresses: at(3) }],
    },
  ],
  nearMisses: [
    { title: 'the slices were not read', given: { ...agreed, endpointSlices: unread } },
    {
      title: 'the slices are two, and hold one part each',
      given: { ...agreed, endpointSlices: read([slice(ips(1, 2)), slice(ips(3), { name: 'web-def34' })]) },
    },
    {
      title: 'the pod has ended and is published nowhere',
      given: { ...short, pods: read([...pods(2), pod(3, { phase: 'Failed' })]), endpoints: unread },
    },
    {
      title: 'the pod has no IP yet',
      given: {
        ...short,
        pods: read([...pods(2), pod(3, { phase: 'Pending', ready: false, podIPs: [] })]),
        endpoints: unread,
      },
    },
    {
      title: 'the pod is of the second IP family of a Service that has one',
      given: {
        ...agreed,
        pods: read(pods(3).map((one) => ({ ...one, podIPs: [...one.podIPs, 'fd00::1'] }))),
      },
    },
    {
      title: 'the pod ends, and the slice says so',
      given: {
        ...agreed,
        pods: read([...pods(2), pod(3, { terminating: true })]),
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', terminating)] }),
        ]),
        endpoints: unread,
      },
    },
    {
      title: 'its Node is gone: that is the cause',
      given: {
        ...short,
        pods: read([...pods(2), pod(3, { nodeName: 'node-2' })]),
        nodes: nodes('node-1'),
      },
      instead: [['NodeMissing', at(3)]],
    },
    {
      title: 'a Service without a selector has no pods that are due',
      given: { ...short, services: read([service({ selector: {} })]), endpoints: read([]) },
      instead: [['LeftoverSlice', at(1, 2)]],
    },
  ],
};
