import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, refTo, terminating } from '../../helpers/objects.ts';
import { ips, pod, pods, read, service, slice, unread } from '../../helpers/snapshot.ts';

const again = (changes: Parameters<typeof slice>[1] = {}) => ({
  ...agreed,
  endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(3), { name: 'web-def34', ...changes })]),
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'two slices hold one address',
      given: again(),
      says: [{ severity: 'Warning', layer: 'EndpointSlices', port: 'http', addresses: at(3) }],
    },
    {
      title: 'a slice made by hand repeats a pod, and adds none',
      given: again({ managedBy: '' }),
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3) }],
    },
    {
      title: 'one slice holds it twice',
      given: { ...agreed, endpointSlices: read([slice(ips(1, 2, 3, 3))]) },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3) }],
    },
    {
      title: 'beside a mirror that is orphaned for another address',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice(ips(3), { name: 'web-def34' }),
          slice(ips(3, 8), { name: 'web-mirror', managedBy: 'endpointslicemirroring-controller.k8s.io' }),
        ]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', addresses: at(3) }],
      beside: [['OrphanedMirrorSlice', at(3, 8)]],
    },
  ],
  nearMisses: [
    {
      title: 'slices that were left of a Service which is only a name by now are of no importance',
      given: {
        ...again(),
        services: read([service({ type: 'ExternalName', externalName: 'web.example.com' })]),
      },
    },
    {
      title: 'one IP under two ports is two addresses',
      given: {
        services: read([
          service({
            ports: [
              { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
              { name: 'admin', port: 81, protocol: 'TCP', targetPort: 8080 },
            ],
          }),
        ]),
        pods: read(pods(1)),
        endpointSlices: read([
          slice(ips(1), {
            ports: [
              { name: 'http', port: 8080, protocol: 'TCP' },
              { name: 'admin', port: 8080, protocol: 'TCP' },
            ],
          }),
        ]),
        endpoints: unread,
      },
    },
    {
      title: 'the slices of two IP families hold one pod',
      given: {
        services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
        pods: read([pod(1, { podIPs: ['10.0.0.1', 'fd00::1'] })]),
        endpointSlices: read([
          slice([], { endpoints: [endpoint('10.0.0.1', { targetRef: refTo(pod(1)) })] }),
          slice([], { name: 'web-v6', endpoints: [endpoint('fd00::1', { targetRef: refTo(pod(1)) })] }),
        ]),
        endpoints: unread,
      },
    },
    {
      title: 'twice, of two pods: that is an address used twice',
      given: {
        ...agreed,
        endpointSlices: read([
          slice([], {
            endpoints: [
              ...slice(ips(1, 2)).endpoints,
              endpoint('10.0.0.3', { targetRef: refTo(pod(3)) }),
              endpoint('10.0.0.3', { targetRef: refTo(pod(9)), ...terminating }),
            ],
          }),
        ]),
      },
      instead: [['AddressReused', at(3)]],
    },
    {
      title: 'an orphaned mirror repeats it: that is the cause',
      given: again({ managedBy: 'endpointslicemirroring-controller.k8s.io' }),
      instead: [['OrphanedMirrorSlice', at(3)]],
    },
    {
      title: 'the slice of the Service that was deleted repeats it: that is the cause',
      given: again({ owner: { kind: 'Service', name: 'web', uid: 'uid-old' } }),
      instead: [['OwnerMismatch', at(3)]],
    },
    {
      title: 'a slice that is held back from being deleted repeats it: that is the cause',
      given: again({ terminating: true }),
      instead: [['SliceTerminating', at(3)]],
    },
    {
      title: 'once ready and once not: that is a contradiction',
      given: again({ endpoints: [endpoint('10.0.0.3', { ready: false })] }),
      instead: [['ContradictoryReadiness', at(3)]],
    },
  ],
};
