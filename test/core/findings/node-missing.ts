import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, nodes, without } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service, slice, unread, upstream } from '../../helpers/snapshot.ts';

const onGone = (changes: Parameters<typeof pod>[1] = {}) => pod(3, { nodeName: 'node-2', ...changes });
const gone = {
  ...agreed,
  pods: read([...pods(2), onGone()]),
  endpointSlices: read([slice(ips(1, 2))]),
  nodes: nodes('node-1'),
};

export const fixture: Fixture = {
  appears: [
    {
      title: 'several Nodes are named in the order of text, and the command asks for the first',
      given: {
        ...gone,
        pods: read([pod(1), pod(2, { nodeName: 'node-3' }), onGone()]),
        endpointSlices: read([slice(ips(1))]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'Pods',
          addresses: at(2, 3),
          message:
            '2 addresses are of pods on node-2, node-3, which is no Node any more: EndpointSlices leave them out from their next change on, Endpoints keeps them until the pods are collected',
          hint: 'kubectl get pods -o wide --field-selector spec.nodeName=node-2 -n shop',
        },
      ],
    },
    {
      title: 'a ready pod on a Node that is gone: slices skip it, Endpoints keeps it',
      given: gone,
      says: [{ severity: 'Error', layer: 'Pods', port: 'http', addresses: at(3) }],
    },
    {
      title: 'the gateway reads slices: what it lacks is a consequence',
      given: { ...gone, upstreams: read([upstream(ips(1, 2))]) },
      says: [{ severity: 'Error', layer: 'Pods', addresses: at(3) }],
    },
    {
      title: 'a pod that is not ready loses no traffic; that the gateway keeps it has another cause',
      given: {
        ...gone,
        pods: read([...pods(2), onGone({ ready: false })]),
        endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]),
        upstreams: read([upstream(ips(1, 2, 3))]),
      },
      says: [{ severity: 'Info', layer: 'Pods', addresses: at(3) }],
      beside: [['StaleInUpstream', at(3)]],
    },
    {
      title: 'a terminating pod, as after every drained Node, is no drift',
      given: {
        ...gone,
        pods: read([...pods(2), onGone({ terminating: true })]),
        endpoints: read([endpoints(ips(1, 2))]),
      },
      says: [{ severity: 'Info', layer: 'Pods', addresses: at(3) }],
    },
    {
      title: 'and Endpoints lost it too, which the Node does not explain',
      given: { ...gone, endpoints: read([endpoints(ips(1, 2))]) },
      says: [{ severity: 'Error', layer: 'Pods', addresses: at(3) }],
      beside: [['MissingFromEndpoints', at(3)]],
    },
  ],
  nearMisses: [
    {
      title: 'publishNotReadyAddresses: slices publish whatever there is',
      given: {
        ...gone,
        services: read([service({ publishNotReadyAddresses: true })]),
        endpointSlices: agreed.endpointSlices,
      },
    },
    {
      title: 'the Nodes were not read: none can be called missing',
      given: { ...gone, nodes: unread, endpointSlices: agreed.endpointSlices },
    },
    {
      title: 'the Nodes are in no file',
      given: { ...gone, nodes: { state: 'Absent' } },
      instead: [['MissingFromSlices', at(3)]],
    },
    {
      title: 'the Node is there and not ready',
      given: {
        ...agreed,
        pods: gone.pods,
        nodes: read([
          { name: 'node-1', ready: true },
          { name: 'node-2', ready: false },
        ]),
      },
      instead: [['NodeNotReady', at(3)]],
    },
    {
      title: 'the pod has ended, and ended pods outlive their Nodes',
      given: {
        ...gone,
        pods: read([...pods(2), onGone({ phase: 'Succeeded', ready: false })]),
        endpoints: read([endpoints(ips(1, 2))]),
      },
    },
    {
      title: 'the pod has no Node yet',
      given: {
        ...gone,
        pods: read([...pods(2), without(onGone({ phase: 'Pending', ready: false, podIPs: [] }), 'nodeName')]),
        endpoints: read([endpoints(ips(1, 2))]),
      },
    },
    {
      title: 'the address is of no pod: a slice that names a Node which is gone is merely stale',
      given: {
        ...agreed,
        endpointSlices: read([
          slice([], {
            endpoints: [...slice(ips(1, 2, 3)).endpoints, endpoint('10.0.0.9', { nodeName: 'node-2' })],
          }),
        ]),
        nodes: nodes('node-1'),
      },
      instead: [['StaleInSlices', at(9)]],
    },
  ],
};
