import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, nodes, terminating } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, slice, unread } from '../../helpers/snapshot.ts';

const down = read([
  { name: 'node-1', ready: true },
  { name: 'node-2', ready: false },
]);
const onDown = (changes: Parameters<typeof pod>[1] = {}) => ({
  ...agreed,
  pods: read([...pods(2), pod(3, { nodeName: 'node-2', ...changes })]),
  nodes: down,
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'several Nodes are named in the order of text, and the command asks for the first',
      given: {
        ...onDown(),
        pods: read([pod(1), pod(2, { nodeName: 'node-3' }), pod(3, { nodeName: 'node-2' })]),
        nodes: read([
          { name: 'node-1', ready: true },
          { name: 'node-2', ready: false },
          { name: 'node-3', ready: false },
        ]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'Pods',
          addresses: at(2, 3),
          message: '2 addresses are of pods that still count as ready on node-2, node-3, which is not ready',
          hint: 'kubectl describe node node-2',
        },
      ],
    },
    {
      title: 'a pod still counts as ready on a Node that does not answer',
      given: onDown(),
      says: [{ severity: 'Warning', layer: 'Pods', port: 'http', addresses: at(3) }],
    },
  ],
  nearMisses: [
    {
      title: 'the pod was marked not ready with its Node',
      given: {
        ...onDown({ ready: false }),
        endpointSlices: unread,
        endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]),
      },
    },
    {
      title: 'the pod is being evicted',
      given: {
        ...onDown({ terminating: true }),
        endpointSlices: read([
          slice([], { endpoints: [...slice(ips(1, 2)).endpoints, endpoint('10.0.0.3', terminating)] }),
        ]),
        endpoints: read([endpoints(ips(1, 2))]),
      },
    },
    { title: 'the Node is ready', given: { ...onDown(), nodes: nodes('node-1', 'node-2') } },
    { title: 'the Nodes were not read', given: { ...onDown(), nodes: unread } },
    {
      title: 'the Node is not there at all',
      given: { ...onDown(), nodes: nodes('node-1'), endpointSlices: read([slice(ips(1, 2))]) },
      instead: [['NodeMissing', at(3)]],
    },
  ],
};
