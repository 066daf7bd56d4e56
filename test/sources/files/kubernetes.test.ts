import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../../source/core/snapshot.ts';
import type { Document } from '../../../source/sources/files/documents.ts';
import { collectKubernetes } from '../../../source/sources/files/kubernetes.ts';
import { recordedObjects } from '../../helpers/recorded.ts';

function list(items: readonly unknown[], source = 'a.json'): Document {
  return { source, value: { apiVersion: 'v1', kind: 'List', items } };
}

const recorded = recordedObjects('insync-20');
const of = (...kinds: readonly string[]) => recorded.filter(({ kind }) => kinds.includes(kind));

test('a list of everything fills every layer that it holds', () => {
  const { layers, rest } = collectKubernetes([list(recorded)]);
  expect(rest).toEqual([]);
  expect(layers.services).toMatchObject({ state: 'Read', source: 'a.json', resourceVersion: '' });
  expect(itemsOf(layers.pods)).toHaveLength(20);
  expect(itemsOf(layers.nodes)).toHaveLength(20);
  expect(itemsOf(layers.endpointSlices)).toHaveLength(1);
  expect(itemsOf(layers.endpoints)).toHaveLength(1);
  expect(layers.apisixRoutes).toEqual({ state: 'Absent' });
});

test('a layer over several files names them all, each once', () => {
  const [first, ...others] = of('Pod');
  const { layers } = collectKubernetes([list([first], 'a.json'), list(others, 'b.json')]);
  expect(layers.pods).toMatchObject({ state: 'Read', source: 'a.json, b.json' });
  expect(itemsOf(layers.pods)).toHaveLength(20);
});

test('single objects and the own lists of the API server are read too', () => {
  const pods = of('Pod').map(({ metadata, spec, status }) => ({ metadata, spec, status }));
  const [service] = of('Service');
  const { layers, rest } = collectKubernetes([
    { source: 'service.yaml', value: service },
    { source: 'pods.json', value: { apiVersion: 'v1', kind: 'PodList', items: pods } },
  ]);
  expect(rest).toEqual([]);
  expect(itemsOf(layers.services)).toHaveLength(1);
  expect(itemsOf(layers.pods)).toHaveLength(20);
});

test.each([
  ['9', '10', 'b'],
  ['10', '9', 'a'],
  ['9', '9', 'b'],
  ['', '9', 'b'],
  ['9', '', 'b'],
])('of one object in the versions "%s" and "%s" the newer, else the later, is taken', (a, b, winner) => {
  const pod = (uid: string, resourceVersion: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web-1', uid, resourceVersion },
  });
  const { layers } = collectKubernetes([list([pod('a', a)]), list([pod('b', b)], 'b.json')]);
  expect(itemsOf(layers.pods).map(({ uid }) => uid)).toEqual([winner]);
});

test('without Pods, slices that speak of pods leave that layer Unread', () => {
  const { layers } = collectKubernetes([list(of('Service', 'EndpointSlice'))]);
  expect(layers.pods).toEqual({ state: 'Unread', reason: 'there are no Pods in a.json', source: 'a.json' });
});

test('slices of a Service that was filled by hand speak of pods, too', () => {
  const services = recordedObjects('selectorless').filter(({ kind }) => kind === 'Service');
  const { layers } = collectKubernetes([list([...services, ...of('EndpointSlice')])]);
  expect(layers.pods.state).toBe('Unread');
});

test('without Pods, Endpoints that speak of pods leave that layer Unread', () => {
  expect(collectKubernetes([list(of('Service', 'Endpoints'))]).layers.pods.state).toBe('Unread');
});

test('without Pods, a Service filled by hand has none', () => {
  const objects = recordedObjects('selectorless').filter(({ kind }) => kind !== 'Pod');
  const { layers } = collectKubernetes([list(objects)]);
  expect(itemsOf(layers.endpoints)).not.toEqual([]);
  expect(layers.pods).toMatchObject({ state: 'Read', items: [] });
});

test.each([
  ['ready', of('Pod')],
  ['not ready', of('Pod').map((pod) => ({ ...pod, status: { podIP: '10.0.0.1' } }))],
])('a selector and pods that are %s leave Endpoints and slices Unread', (_, pods) => {
  const { layers } = collectKubernetes([list([...of('Service'), ...pods])]);
  expect(itemsOf(layers.pods)).toHaveLength(20);
  expect(layers.endpoints).toMatchObject({ state: 'Unread', reason: 'there are no Endpoints in a.json' });
  expect(layers.endpointSlices).toMatchObject({
    state: 'Unread',
    reason: 'there are no EndpointSlices in a.json',
  });
});

test('a selector alone leaves every layer Unread', () => {
  const { pods, endpointSlices, endpoints } = collectKubernetes([list(of('Service'))]).layers;
  expect([pods, endpointSlices, endpoints].map(({ state }) => state)).toEqual(['Unread', 'Unread', 'Unread']);
});

test('a Service that was filled by hand is in either kind, and without both that is not known', () => {
  const objects = recordedObjects('selectorless');
  const states = (kinds: readonly string[]) => {
    const { layers } = collectKubernetes([list(objects.filter(({ kind }) => kinds.includes(kind)))]);
    return [layers.endpointSlices.state, layers.endpoints.state];
  };
  expect(states(['Service', 'EndpointSlice'])).toEqual(['Read', 'Read']);
  expect(states(['Service', 'Endpoints'])).toEqual(['Read', 'Read']);
  expect(states(['Service'])).toEqual(['Unread', 'Unread']);
});

test('of an ExternalName nothing is missed', () => {
  const services = recordedObjects('externalname').filter(({ kind }) => kind === 'Service');
  const { pods, endpointSlices, endpoints } = collectKubernetes([list(services)]).layers;
  expect([pods, endpointSlices, endpoints].map(({ state }) => state)).toEqual(['Read', 'Read', 'Read']);
});

test('an empty list of one kind says that there are none', () => {
  const empty = { source: 'pods.json', value: { apiVersion: 'v1', kind: 'PodList', items: [] } };
  const { layers } = collectKubernetes([list(of('Service', 'EndpointSlice')), empty]);
  expect(layers.pods).toEqual({ state: 'Read', items: [], resourceVersion: '', source: 'pods.json' });
});

describe('a list that was read with a limit', () => {
  const podList = (token: string, items = of('Pod')): Document => ({
    source: 'pods.json',
    value: { apiVersion: 'v1', kind: 'PodList', metadata: { continue: token }, items },
  });

  test('and goes on leaves its kind Unread, and no other', () => {
    const { layers } = collectKubernetes([
      list(of('Service', 'EndpointSlice', 'Endpoints')),
      podList('bmV4dA'),
    ]);
    expect(layers.pods).toEqual({
      state: 'Unread',
      reason: 'the list in pods.json goes on: it was read with a limit',
      source: 'pods.json',
    });
    expect([layers.services, layers.endpointSlices, layers.endpoints].map(({ state }) => state)).toEqual([
      'Read',
      'Read',
      'Read',
    ]);
  });

  test('is named where another file has more of its kind', () => {
    const { layers } = collectKubernetes([
      podList('bmV4dA', of('Pod').slice(0, 9)),
      list(of('Pod').slice(9)),
    ]);
    expect(layers.pods).toEqual({
      state: 'Unread',
      reason: 'the list in pods.json goes on: it was read with a limit',
      source: 'pods.json, a.json',
    });
  });

  test('and is whole all the same is read', () => {
    expect(itemsOf(collectKubernetes([podList('')]).layers.pods)).toHaveLength(20);
  });

  test('leaves the routes of the Gateway API Unread, whichever kind it is of', () => {
    const route = (kind: string, token: string): Document => ({
      source: `${kind}s.json`,
      value: {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: `${kind}List`,
        metadata: { continue: token },
        items: [{ metadata: { namespace: 'shop', name: 'web' } }],
      },
    });
    expect(
      itemsOf(collectKubernetes([route('HTTPRoute', ''), route('GRPCRoute', '')]).layers.gatewayRoutes),
    ).toHaveLength(2);
    expect(
      collectKubernetes([route('HTTPRoute', ''), route('GRPCRoute', 'bmV4dA')]).layers.gatewayRoutes,
    ).toEqual({
      state: 'Unread',
      reason: 'the list in GRPCRoutes.json goes on: it was read with a limit',
      source: 'GRPCRoutes.json',
    });
  });
});

describe('one object alone says nothing of the others of its kind:', () => {
  const [pod, secondPod] = of('Pod');
  const [node] = of('Node');

  test('a Pod leaves the Pods Unread, and a Node the Nodes', () => {
    const { layers } = collectKubernetes([
      list(of('Service', 'EndpointSlice', 'Endpoints')),
      { source: 'pod.json', value: pod },
      { source: 'node.json', value: node },
    ]);
    const reason = 'there is no list of Pods in pod.json';
    expect(layers.pods).toEqual({ state: 'Unread', reason, source: 'pod.json' });
    expect(layers.nodes).toMatchObject({ state: 'Unread' });
  });

  test('beside a list it is a newer version of one', () => {
    const { layers } = collectKubernetes([list(of('Pod')), { source: 'pod.json', value: pod }]);
    expect(itemsOf(layers.pods)).toHaveLength(20);
  });

  test('several in one file are a list that was taken apart, as by jq', () => {
    const one = (value: unknown): Document => ({ source: 'a.json', value });
    expect(itemsOf(collectKubernetes([one(pod), one(secondPod)]).layers.pods)).toHaveLength(2);
  });
});

test('what is no object of a known kind is handed back', () => {
  const strangers: readonly Document[] = [
    { source: 'upstreams.json', value: { total: 0, list: [] } },
    { source: 'knative.yaml', value: { apiVersion: 'serving.knative.dev/v1', kind: 'Service' } },
    { source: 'list.json', value: [1, 2] },
  ];
  const { layers, rest } = collectKubernetes([...strangers, list(of('Service'))]);
  expect(rest).toEqual(strangers);
  expect(itemsOf(layers.services)).toHaveLength(1);
});

test('other kinds in a list are left out', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } };
  const { layers, rest } = collectKubernetes([list([deployment, ...of('Service')])]);
  expect(rest).toEqual([]);
  expect(itemsOf(layers.services)).toHaveLength(1);
});
