import { expect, test } from 'vitest';
import { findApisix, namedPod } from '../../../source/gateways/apisix/find.ts';
import { controllerObject, everywhere, fakeKube, listOf, podObject } from '../../helpers/kube-api.ts';

const [, label = ''] = everywhere.split('?');
const podsIn = (namespace: string) => `/api/v1/namespaces/${namespace}/pods`;

async function nameFound(answers: Readonly<Record<string, unknown>>, namespace = 'shop'): Promise<string> {
  const found = await findApisix(fakeKube(answers), namespace);
  if (found.state === 'NotFound') return found.reason;
  const [[first]] = found.installations;
  return `${first.namespace}/${first.name}`;
}

test('of the labelled pods the first by name is taken that is ready, else one that runs', async () => {
  const pods = [
    podObject('b/apisix-9'),
    podObject('b/apisix-1', { ready: false }),
    podObject('a/apisix-2', { deletionTimestamp: '2026-01-02T03:04:05Z' }),
    podObject('a/apisix-1', { phase: 'Pending', ready: false }),
  ];
  expect(await nameFound({ [everywhere]: listOf(...pods, podObject('b/apisix-7')) })).toBe('b/apisix-7');
  expect(await nameFound({ [everywhere]: listOf(...pods.slice(1)) })).toBe('b/apisix-1');
  expect(await nameFound({ [everywhere]: listOf(...pods.slice(2)) })).toBe(
    'no APISIX found: not running: a/apisix-1, a/apisix-2',
  );
});

test('one list is enough when labels tell of APISIX and of its controller', async () => {
  const kube = fakeKube({ [everywhere]: listOf(podObject('a/apisix-0'), controllerObject) });
  await findApisix(kube, 'shop');
  expect(kube.asked).toEqual([everywhere]);
});

test('a controller without the label is known by its image, in the usual namespaces', async () => {
  const kube = fakeKube({
    [everywhere]: listOf(podObject('a/apisix-0')),
    [podsIn('apisix')]: listOf(controllerObject),
  });
  expect(await findApisix(kube, 'shop')).toMatchObject({ controllers: [controllerObject] });
});

test('pods are of one gateway when they share a namespace and a Helm release', async () => {
  const pods = [
    podObject('a/apisix-0', { instance: 'blue' }),
    podObject('a/apisix-1', { instance: 'green' }),
    podObject('a/apisix-2', { instance: 'blue' }),
    podObject('b/apisix-0', { instance: 'blue' }),
  ];
  const found = await findApisix(fakeKube({ [everywhere]: listOf(...pods, controllerObject) }), 'shop');
  expect(
    found.state === 'Found' &&
      found.installations.map((own) => own.map(({ namespace, name }) => `${namespace}/${name}`)),
  ).toEqual([['a/apisix-0', 'a/apisix-2'], ['a/apisix-1'], ['b/apisix-0']]);
});

test("without the right to look everywhere the Service's namespace and the usual ones are looked into", async () => {
  const answers = { [everywhere]: 403, [`${podsIn('ingress-apisix')}?${label}`]: 403 };
  expect(
    await nameFound({ ...answers, [`${podsIn('shop')}?${label}`]: listOf(podObject('shop/gateway')) }),
  ).toBe('shop/gateway');
  const empty = { [`${podsIn('shop')}?${label}`]: listOf(), [`${podsIn('apisix')}?${label}`]: listOf() };
  expect(await nameFound({ ...answers, ...empty })).toBe(
    'no APISIX found: no pod with app.kubernetes.io/name=apisix in shop, apisix, and no right to list pods elsewhere',
  );
});

test('where no namespace may be looked into, nothing is said of what is there', async () => {
  const namespaces = ['shop', 'ingress-apisix', 'apisix'];
  const refused = namespaces.flatMap((name) => [podsIn(name), `${podsIn(name)}?${label}`]);
  const answers = Object.fromEntries([everywhere, ...refused].map((path) => [path, 403]));
  expect(await nameFound(answers)).toBe('no APISIX found: no right to list pods');
});

test('a pod without the label is known by its image, in the usual namespaces only', async () => {
  const answers = {
    [everywhere]: listOf(),
    [podsIn('shop')]: listOf(podObject('shop/apisix')),
    [podsIn('ingress-apisix')]: listOf(
      podObject('ingress-apisix/controller', { image: 'apache/apisix-ingress-controller:2.2.0' }),
      podObject('ingress-apisix/gateway', { image: 'registry.test:5000/apache/apisix@sha256:00' }),
    ),
  };
  expect(await nameFound(answers)).toBe('ingress-apisix/gateway');
  expect(await nameFound({ ...answers, [podsIn('ingress-apisix')]: 403 })).toBe(
    'no APISIX found: no pod with app.kubernetes.io/name=apisix',
  );
});

test.each([
  [
    'the port named admin',
    [
      { name: 'http', containerPort: 9080 },
      { name: 'admin', containerPort: 9181 },
    ],
    9181,
  ],
  ['9180 where no port has that name', [{ name: 'http', containerPort: 9080 }], 9180],
])('the admin API is at %s', async (_, ports, adminPort) => {
  const kube = fakeKube({ [everywhere]: listOf(podObject('a/apisix-0', { ports })) });
  expect(await findApisix(kube, 'shop')).toMatchObject({ installations: [[{ adminPort }]] });
});

test('a pod of a given name is taken as it is', async () => {
  const kube = fakeKube({
    [`${podsIn('a')}/x`]: podObject('a/x', { ready: false, configMap: 'apisix' }),
  });
  expect(await namedPod(kube, { namespace: 'a', name: 'x' })).toEqual({
    namespace: 'a',
    name: 'x',
    adminPort: 9180,
    controlPort: 9090,
    container: 'apisix',
    labels: {},
    version: '3.18.0',
    configMaps: ['apisix'],
  });
});

test('a pod of a given name that is not there is an error; one that may not be seen may still be reached', async () => {
  const kube = fakeKube({ [`${podsIn('a')}/hidden`]: 403 });
  await expect(namedPod(kube, { namespace: 'a', name: 'gone' })).rejects.toThrow(
    'Error from server (NotFound)',
  );
  expect(await namedPod(kube, { namespace: 'a', name: 'hidden' })).toMatchObject({
    name: 'hidden',
    adminPort: 9180,
  });
});
