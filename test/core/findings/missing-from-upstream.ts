import { parseUpstream } from '../../../source/gateways/apisix/upstream.ts';
import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, nodes, port80, unreadyPod, upstreamNode, upstreamWith } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread, upstream } from '../../helpers/snapshot.ts';

const has = (...last: readonly number[]) => ({ ...agreed, upstreams: read([upstream(ips(...last))]) });

export const fixture: Fixture = {
  appears: [
    {
      title: 'a ready pod is no node',
      given: has(1, 2),
      says: [
        { severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(3), upstream: 'shop_web_80' },
      ],
    },
    {
      title: 'the upstream has the pod under another port number',
      given: {
        ...agreed,
        upstreams: read([upstreamWith(ips(1, 2), upstreamNode('10.0.0.3', { port: 80 }))]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(3) }],
      beside: [['StaleInUpstream', ['10.0.0.3:80']]],
    },
    {
      title: 'one of two upstreams lacks the pod: it is named, the other is not',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2, 3), { id: '1', name: 'whole' }),
          upstream(ips(1, 2), { id: '2', name: 'lacking' }),
        ]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(3), upstream: 'lacking' }],
    },
    {
      title: 'two of three upstreams lack each another pod: both are named',
      given: {
        ...agreed,
        upstreams: read([
          upstream(ips(1, 2), { id: '1', name: 'lacking-3' }),
          upstream(ips(1, 2, 3), { id: '2', name: 'whole' }),
          upstream(ips(1, 3), { id: '3', name: 'lacking-2' }),
        ]),
      },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(2, 3), upstream: 'lacking-2, lacking-3' }],
    },
  ],
  nearMisses: [
    {
      title: 'a pod that is not ready is due no traffic',
      given: {
        ...has(1, 2),
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', { ready: false })] }),
        ]),
        endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]),
      },
    },
    {
      title: 'a node of weight 0 is drained on purpose, not missing',
      given: {
        ...agreed,
        upstreams: read([upstreamWith(ips(1, 2), upstreamNode('10.0.0.3', { weight: 0 }))]),
      },
    },
    {
      title: 'the same IPv6 address in brackets, in capitals and in full',
      given: {
        services: read([service({ ipFamilies: ['IPv6'] })]),
        pods: read([pod(1, { podIPs: ['fd00::1'] }), pod(2, { podIPs: ['fd00::a'] })]),
        endpointSlices: read([slice(['fd00::1', 'fd00::a'])]),
        endpoints: read([endpoints(['fd00::1', 'fd00::a'])]),
        upstreams: read([
          {
            ...parseUpstream('1', { nodes: { '[fd00::1]:8080': 1, '[FD00:0:0:0:0:0:0:A]:8080': 1 } }),
            service: port80(),
          },
        ]),
      },
    },
    {
      title: 'a subset holds only some of the pods',
      given: { ...agreed, upstreams: read([upstream(ips(1, 2), { service: port80({ subset: 'v1' }) })]) },
    },
    {
      title: 'the one node is the ClusterIP',
      given: {
        ...agreed,
        upstreams: read([
          upstreamWith([], upstreamNode('10.96.0.1', { port: 80 }), {
            service: port80({ granularity: 'service' }),
          }),
        ]),
      },
    },
    {
      title: 'the gateway looks its nodes up elsewhere',
      given: {
        ...agreed,
        upstreams: read([upstream([], { nodes: { state: 'Unread', reason: 'kubernetes discovery' } })]),
      },
    },
    { title: 'the gateway was not read', given: { ...agreed, upstreams: unread } },
    {
      title: 'the gateway follows the first IP family only',
      given: {
        services: read([service({ ipFamilies: ['IPv4', 'IPv6'] })]),
        pods: read([pod(1, { podIPs: ['10.0.0.1', 'fd00::1'] })]),
        endpointSlices: read([slice(ips(1)), slice(['fd00::1'], { name: 'web-v6' })]),
        endpoints: read([endpoints(ips(1))]),
        upstreams: read([upstream(ips(1))]),
      },
    },
    {
      title: 'the Node of the pod is gone: that is the cause',
      given: {
        ...has(1, 2),
        pods: read([...pods(2), pod(3, { nodeName: 'node-2' })]),
        endpointSlices: read([slice(ips(1, 2))]),
        nodes: nodes('node-1'),
      },
      instead: [['NodeMissing', at(3)]],
    },
  ],
};
