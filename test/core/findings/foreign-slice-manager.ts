import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, pod, pods, read, service, slice, unread, upstream } from '../../helpers/snapshot.ts';

const beside = (...slices: readonly ReturnType<typeof slice>[]) => ({
  ...agreed,
  endpointSlices: read([slice(ips(1, 2, 3)), ...slices]),
});
const sync = (...last: readonly number[]) =>
  slice(ips(...last), { name: 'web-sync', managedBy: 'consul-sync.example.com' });

export const fixture: Fixture = {
  appears: [
    {
      title: 'the managers of several slices are named in the order of text',
      given: beside(
        slice(ips(8), { name: 'web-a', managedBy: 'sync.example.com' }),
        slice(ips(9), { name: 'web-b', managedBy: 'mesh.example.com' }),
      ),
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          addresses: at(8, 9),
          message:
            'web-a, web-b, managed by mesh.example.com, sync.example.com, adds 2 addresses that no pod of the Service has',
        },
      ],
    },
    {
      title: 'another controller adds addresses of its own, and the gateway takes them',
      given: { ...beside(sync(8, 9)), upstreams: read([upstream(ips(1, 2, 3, 8, 9))]) },
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          port: 'http',
          addresses: at(8, 9),
          message:
            'web-sync, managed by consul-sync.example.com, adds 2 addresses that no pod of the Service has',
        },
      ],
    },
    {
      title: 'of several foreign slices the one that adds is named',
      given: beside(sync(9), slice([], { name: 'web-hand', managedBy: '' })),
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          addresses: at(9),
          message:
            'web-sync, managed by consul-sync.example.com, adds 1 address that no pod of the Service has',
        },
      ],
    },
  ],
  nearMisses: [
    {
      title: 'a foreign slice that repeats a pod adds none',
      given: beside(sync(3)),
      instead: [['DuplicateAddress', at(3)]],
    },
    {
      title: 'a foreign slice has the only mention of a pod that is due',
      given: { ...agreed, endpointSlices: read([slice(ips(1, 2)), sync(3)]) },
    },
    {
      title: 'a foreign slice is what a Service without a selector is for',
      given: { services: read([service({ selector: {} })]), endpointSlices: read([sync(8, 9)]) },
    },
    {
      title: 'Kubernetes own controller left the address',
      given: beside(slice(ips(9), { name: 'web-def34' })),
      instead: [['StaleInSlices', at(9)]],
    },
    {
      title: 'the Pods were not read: nobody knows what is foreign',
      given: { ...beside(sync(9)), pods: unread },
    },
    {
      title: 'both have it: the controller keeps it too, so the foreign slice adds nothing',
      given: { ...beside(sync(4)), pods: read([...pods(3), pod(4)]), endpoints: unread },
    },
  ],
};
