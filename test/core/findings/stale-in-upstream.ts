import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import {
  endpoint,
  port80,
  terminating,
  unreadyPod,
  upstreamNode,
  upstreamWith,
} from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread, upstream } from '../../helpers/snapshot.ts';

const has = (...last: readonly number[]) => ({ ...agreed, upstreams: read([upstream(ips(...last))]) });
const fourthInSlices = (changes: Parameters<typeof endpoint>[1]) =>
  read([slice([], { endpoints: [...slice(ips(1, 2, 3)).endpoints, endpoint('10.0.0.4', changes)] })]);

export const fixture: Fixture = {
  appears: [
    {
      title: 'four others have the IPs now, as one of their two: three are named in the message',
      given: {
        ...has(1, 2, 3, 6, 7, 8, 9),
        pods: read([
          ...pods(3),
          ...[6, 7, 8, 9].map((number) =>
            pod(number, { labels: { app: 'api' }, podIPs: [`10.0.0.${number}`, `fd00::${number}`] }),
          ),
        ]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          addresses: at(6, 7, 8, 9),
          pods: ['web-6', 'web-7', 'web-8', 'web-9'],
          message:
            'shop_web_80 still routes to 4 addresses that no ready pod has: requests there fail, or reach web-6, web-7, web-8',
        },
      ],
    },
    {
      title: 'a node that no pod has',
      given: has(1, 2, 3, 9),
      says: [
        { severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(9), upstream: 'shop_web_80' },
      ],
    },
    {
      title: 'a node of a pod that is not ready',
      given: {
        ...has(1, 2, 3, 4),
        pods: read([...pods(3), unreadyPod(4)]),
        endpointSlices: fourthInSlices({ ready: false }),
        endpoints: read([endpoints(ips(1, 2, 3), { notReady: ips(4) })]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(4) }],
    },
    {
      title: 'a node of a terminating pod',
      given: {
        ...has(1, 2, 3, 4),
        pods: read([...pods(3), pod(4, { terminating: true })]),
        endpointSlices: fourthInSlices(terminating),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(4) }],
    },
    {
      title: 'a subset keeps a dead pod',
      given: { ...agreed, upstreams: read([upstream(ips(1, 9), { service: port80({ subset: 'v1' }) })]) },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(9) }],
    },
    {
      title: 'an address that Endpoints made by hand holds as not ready',
      given: {
        services: read([service({ selector: {} })]),
        endpoints: read([endpoints(ips(1), { notReady: ips(2) })]),
        endpointSlices: read([
          slice([], {
            managedBy: 'endpointslicemirroring-controller.k8s.io',
            owner: { kind: 'Endpoints', name: 'web', uid: 'uid-web' },
            endpoints: [endpoint('10.0.0.1'), endpoint('10.0.0.2', { ready: false })],
          }),
        ]),
        upstreams: read([upstream(ips(1, 2))]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(2) }],
    },
    {
      title: 'one of two upstreams holds an address of nobody: it is named, the other is not',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3), { id: '1', name: 'right' }),
          upstream(ips(1, 2, 3, 9), { id: '2', name: '' }),
        ]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(9), upstream: '2' }],
    },
  ],
  nearMisses: [
    {
      title: 'a terminating pod of a Service that publishes whatever there is',
      given: {
        ...has(1, 2, 3, 4),
        services: read([service({ publishNotReadyAddresses: true })]),
        pods: read([...pods(3), pod(4, { terminating: true })]),
        endpointSlices: fourthInSlices({}),
        endpoints: read([endpoints(ips(1, 2, 3, 4))]),
      },
    },
    {
      title: 'a host name is no address to compare',
      given: {
        ...agreed,
        upstreams: read([upstreamWith(ips(1, 2, 3), upstreamNode('web.example.com'))]),
      },
    },
    { title: 'the pods were not read', given: { ...has(1, 2, 3, 9), pods: unread } },
    {
      title: 'the upstream is of another Service',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3)),
          upstream(ips(9), { id: '2', name: 'shop_api_80', service: port80({ name: 'api' }) }),
        ]),
      },
    },
    {
      title: 'a slice of another controller has it: that is the cause',
      given: {
        ...has(1, 2, 3, 9),
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice(ips(9), { name: 'sync', managedBy: 'consul-sync' }),
        ]),
      },
      instead: [['ForeignSliceManager', at(9)]],
    },
    {
      title: 'the port is gone from the Service: that is the cause',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3)),
          upstream(ips(9), { id: '2', name: 'shop_web_81', service: port80({ port: 81 }) }),
        ]),
      },
      instead: [['OrphanUpstreamPort', at(9)]],
    },
    {
      title: 'made by hand: slices beside the Endpoints have it',
      given: {
        services: read([service({ selector: {} })]),
        endpoints: read([endpoints(ips(1), { skipMirror: true })]),
        endpointSlices: read([slice(ips(2), { managedBy: '' })]),
        upstreams: read([upstream(ips(1, 2))]),
      },
    },
  ],
};
