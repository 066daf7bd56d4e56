import { expect, test } from 'vitest';
import { itemsOf } from '../../../source/core/snapshot.ts';
import { startReading } from '../../../source/sources/kubernetes/read.ts';
import type { KubernetesLayers } from '../../../source/sources/kubernetes/read.ts';
import type { Target } from '../../../source/sources/kubernetes/selections.ts';
import { sendJson } from '../../helpers/api-server.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';
import {
  answers,
  ingresses,
  listOf,
  namespace,
  namespaced,
  recordedCluster,
  routes,
  slices,
  web,
  type Answers,
} from '../../helpers/recorded-cluster.ts';

type Reading = { readonly layers: KubernetesLayers; readonly asked: readonly string[] };

async function read(target: Target, forbidden: readonly string[] = [], more: Answers = {}): Promise<Reading> {
  const { cluster, asked } = await recordedCluster(forbidden, more);
  return { layers: await startReading(cluster, target).layers, asked: asked.toSorted() };
}

test('one Service is read with all that belongs to it, and nothing else is asked for', async () => {
  const { layers, asked } = await read(web);
  expect(asked).toEqual(
    [
      `${namespaced}/services/web`,
      `${namespaced}/pods app=web`,
      `${slices} kubernetes.io/service-name in (web)`,
      `${namespaced}/endpoints/web`,
      '/api/v1/nodes',
      routes,
      ingresses,
      '/apis/gateway.networking.k8s.io',
      '/version',
    ].toSorted(),
  );
  expect(layers.versions).toEqual({ kubernetes: 'v1.37.2' });
  expect(itemsOf(layers.services).map(({ name }) => name)).toEqual(['web']);
  expect(itemsOf(layers.pods)).toHaveLength(20);
  expect(layers.pods).toMatchObject({ resourceVersion: '99' });
  expect(itemsOf(layers.nodes)).toHaveLength(20);
  expect(itemsOf(layers.endpointSlices)).toHaveLength(1);
  expect(itemsOf(layers.endpoints)).toHaveLength(1);
  expect(layers.apisixRoutes).toEqual({ state: 'Absent' });
});

test('the clock of a reading is that of the server, of which a refusal tells nothing', async () => {
  expect((await read(web)).layers).toMatchObject({ serverTime: '2026-01-01T00:00:07.000Z' });
  expect((await read(web, ['/version'])).layers).not.toHaveProperty('serverTime');
});

test('every layer names the server it was read from', async () => {
  const { layers } = await read(web);
  const { services, pods, endpoints } = layers;
  for (const layer of [services, pods, endpoints]) {
    expect(layer).toMatchObject({ source: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) as string });
  }
});

test('two Services with one selector list their pods once', async () => {
  const { layers, asked } = await read({ kind: 'names', namespace, names: ['web', 'twin'] });
  expect(asked.filter((path) => path.startsWith(`${namespaced}/pods`))).toEqual([
    `${namespaced}/pods app=web`,
  ]);
  expect(asked).toContain(`${slices} kubernetes.io/service-name in (web,twin)`);
  expect(itemsOf(layers.pods)).toHaveLength(20);
});

test('a Service without selector and Endpoints has neither pods nor addresses, and no pods are listed', async () => {
  const { layers, asked } = await read({ kind: 'names', namespace, names: ['manual'] });
  expect(asked.filter((path) => path.includes('/pods'))).toEqual([]);
  expect(layers.pods).toMatchObject({ state: 'Read', items: [] });
  expect(layers.endpoints).toMatchObject({ state: 'Read', items: [] });
});

test('by selector each kind is listed once', async () => {
  const { layers, asked } = await read({ kind: 'selector', namespace, labelSelector: 'team=a' });
  expect(asked).toEqual(
    [
      `${namespaced}/services team=a`,
      `${namespaced}/pods`,
      `${slices} kubernetes.io/service-name`,
      `${namespaced}/endpoints`,
      '/api/v1/nodes',
      routes,
      ingresses,
      '/apis/gateway.networking.k8s.io',
      '/version',
    ].toSorted(),
  );
  expect(layers.services).toMatchObject({ state: 'Read', resourceVersion: '99' });
});

test('without a namespace the lists are those of the whole cluster', async () => {
  const target: Target = { kind: 'selector', namespace: undefined, labelSelector: '' };
  await expect(read(target)).rejects.toThrow('Error from server (NotFound): /api/v1/services not found');
});

test('a Service that is not there is the error of the server', async () => {
  await expect(read({ kind: 'names', namespace, names: ['web', 'gone'] })).rejects.toThrow(
    `Error from server (NotFound): ${namespaced}/services/gone not found`,
  );
});

test('a Service of a namespace that is not there is the error of the namespace', async () => {
  await expect(read({ kind: 'names', namespace: 'gone', names: ['web'] })).rejects.toThrow(
    'Error from server (NotFound): /api/v1/namespaces/gone not found',
  );
});

test.each([
  ['pods', `${namespaced}/pods`],
  ['endpointSlices', slices],
  ['endpoints', `${namespaced}/endpoints/web`],
  ['nodes', '/api/v1/nodes'],
] as const)(
  '%s that may not be read are Unread with the words of the server, the rest is there',
  async (layer, path) => {
    const { layers } = await read(web, [path]);
    expect(layers[layer]).toMatchObject({ state: 'Unread', reason: `${path} is forbidden` });
    const unread = Object.values(layers).filter(
      (one) => typeof one === 'object' && 'state' in one && one.state === 'Unread',
    );
    expect(unread).toHaveLength(1);
  },
);

test('ApisixRoutes that may not be read are Absent, and a server that hides its version has none', async () => {
  const { layers } = await read(web, [routes, '/version']);
  expect(layers.apisixRoutes).toEqual({ state: 'Absent' });
  expect(layers.versions).toEqual({});
});

test('a selector that finds nothing is worth the list of the namespace: the nearest miss is in it', async () => {
  const asked: string[] = [];
  const { url } = await serve(({ url: path = '' }, response) => {
    const { pathname, searchParams } = new URL(path, 'https://server');
    const isPods = pathname === `${namespaced}/pods`;
    if (isPods) asked.push(searchParams.get('labelSelector') ?? 'all');
    const none = isPods && searchParams.has('labelSelector');
    sendJson(response, none ? listOf([]) : (answers[pathname] ?? listOf([])));
  });
  const layers = await startReading(await open(kubeconfigText(url)), web).layers;
  expect(asked).toEqual(['app=web', 'all']);
  expect(itemsOf(layers.pods)).toHaveLength(20);
});

test('routes of the Gateway API are read where its group is served, kinds that are not are left out', async () => {
  const group = '/apis/gateway.networking.k8s.io';
  const httpRoutes = `${group}/v1/namespaces/${namespace}/httproutes`;
  const httpRoute = {
    metadata: { namespace, name: 'web' },
    spec: {
      rules: [
        {
          backendRefs: [
            { name: 'web', port: 80, weight: 3 },
            { kind: 'Bucket', name: 'files' },
          ],
        },
      ],
    },
  };
  const served = { [group]: { kind: 'APIGroup' }, [httpRoutes]: listOf([httpRoute]) };
  const { layers, asked } = await read(web, [], served);
  expect(itemsOf(layers.gatewayRoutes)).toMatchObject([
    {
      kind: 'HTTPRoute',
      name: 'web',
      rules: [{ backends: [{ serviceName: 'web', servicePort: 80, weight: 3 }] }],
    },
  ]);
  expect(asked.filter((path) => path.startsWith(`${group}/`))).toHaveLength(5);
});

test('routes of the Gateway API that may not be seen are not there, and worth no word', async () => {
  const group = '/apis/gateway.networking.k8s.io';
  const { layers } = await read(web, [], { [group]: { kind: 'APIGroup' } });
  expect(layers.gatewayRoutes).toEqual({ state: 'Absent' });
});
