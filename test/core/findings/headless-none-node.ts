import type { Fixture } from '../../helpers/finding-fixture.ts';
import { port80, upstreamNode, upstreamWith } from '../../helpers/objects.ts';
import { endpoints, ips, pods, read, service, slice, upstream } from '../../helpers/snapshot.ts';

const headless = {
  services: read([service({ clusterIP: 'None' })]),
  pods: read(pods(1)),
  endpointSlices: read([slice(ips(1))]),
  endpoints: read([endpoints(ips(1))]),
};
const byService = (host: string) =>
  read([upstreamWith([], upstreamNode(host, { port: 80 }), { service: port80({ granularity: 'service' }) })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'the one node is the text None',
      given: { ...headless, upstreams: byService('none') },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: ['none:80'], upstream: 'shop_web_80' }],
    },
  ],
  nearMisses: [
    {
      title: 'the nodes of a headless Service are its pods',
      given: { ...headless, upstreams: read([upstream(ips(1))]) },
    },
    {
      title: 'the one node is a ClusterIP',
      given: { ...headless, services: read([service()]), upstreams: byService('10.96.0.1') },
    },
    {
      title: 'a host name that begins so',
      given: { ...headless, upstreams: byService('none.example.com') },
    },
  ],
};
