import { expect, test } from 'vitest';
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
  expect(layers.endpoints).toMatchObject({ state: 'Read', items: [] });
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

test('ready pods without Endpoints and slices leave those layers Unread', () => {
  const { layers } = collectKubernetes([list(of('Service', 'Pod'))]);
  expect(layers.endpoints).toMatchObject({ state: 'Unread', reason: 'there are no Endpoints in a.json' });
  expect(layers.endpointSlices).toMatchObject({
    state: 'Unread',
    reason: 'there are no EndpointSlices in a.json',
  });
});

test('pods of which none is ready do not miss Endpoints', () => {
  const pods = of('Pod').map((pod) => ({ ...pod, status: { podIP: '10.0.0.1' } }));
  expect(collectKubernetes([list(pods)]).layers.endpoints).toMatchObject({ state: 'Read', items: [] });
});

test('an empty list of one kind says that there are none', () => {
  const empty = { source: 'pods.json', value: { apiVersion: 'v1', kind: 'PodList', items: [] } };
  const { layers } = collectKubernetes([list(of('Service', 'EndpointSlice')), empty]);
  expect(layers.pods).toEqual({ state: 'Read', items: [], resourceVersion: '', source: 'pods.json' });
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
