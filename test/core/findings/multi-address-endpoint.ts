import type { Fixture } from '../../helpers/finding-fixture.ts';
import { at } from '../../helpers/judging.ts';
import { endpoint } from '../../helpers/objects.ts';
import { ips, pod, read, service, slice, unread } from '../../helpers/snapshot.ts';

const byHand = { services: read([service({ selector: {} })]) };

export const fixture: Fixture = {
  appears: [
    {
      title: 'a slice made by hand has one endpoint of two addresses',
      given: {
        ...byHand,
        endpointSlices: read([
          slice([], {
            managedBy: '',
            endpoints: [{ ...endpoint('10.0.0.1'), addresses: ips(1, 2) }, endpoint('10.0.0.3')],
          }),
        ]),
      },
      says: [{ severity: 'Warning', layer: 'EndpointSlices', port: 'http', addresses: at(1, 2) }],
    },
  ],
  nearMisses: [
    {
      title: 'one slice has two endpoints of one address each',
      given: { ...byHand, endpointSlices: read([slice(ips(1, 2), { managedBy: '' })]) },
    },
    {
      title: 'a dual-stack pod has one address a slice',
      given: {
        services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
        pods: read([pod(1, { podIPs: ['10.0.0.1', 'fd00::1'] })]),
        endpointSlices: read([slice(ips(1)), slice(['fd00::1'], { name: 'web-v6' })]),
        endpoints: unread,
      },
    },
    {
      title: 'one address is under two ports',
      given: {
        services: read([
          service({
            ports: [
              { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
              { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 9100 },
            ],
          }),
        ]),
        pods: read([pod(1)]),
        endpointSlices: read([
          slice(ips(1), {
            ports: [
              { name: 'http', port: 8080, protocol: 'TCP' },
              { name: 'metrics', port: 9100, protocol: 'TCP' },
            ],
          }),
        ]),
        endpoints: unread,
      },
    },
  ],
};
