import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookUpAgain, lookUpById, type LookUp } from '../../../source/gateways/apisix/look-up.ts';
import { idOfName } from '../../../source/gateways/apisix/name.ts';
import type { Known } from '../../../source/gateways/gateway.ts';
import { openUrl, type Apisix } from '../../../source/gateways/apisix/open.ts';
import { startApisix, type Apisix as Double } from '../../helpers/apisix/server.ts';
import { service } from '../../helpers/snapshot.ts';
import { secrets } from '../../helpers/secrets.ts';

const { adminKey } = secrets;
let double: Double;
let notices: string[];
beforeEach(async () => {
  double = await startApisix({ flavour: 'v3', adminKey });
  notices = [];
});
afterEach(() => double.close());

const open = (): Apisix =>
  openUrl(
    double.adminUrl,
    { value: adminKey, from: 'the test' },
    {
      namespace: 'shop',
      timeoutMs: 10_000,
      everything: false,
      isGiven: true,
      allReplicas: false,
    },
    () => undefined,
  );

function lookUp(isGiven: boolean): LookUp {
  return lookUpById(open(), { isGiven, notice: (text) => notices.push(text) });
}

const nodes = [{ host: '10.0.0.1', port: 8080, weight: 1 }];
const write = (name: string, id = idOfName(name)) =>
  double.put('upstreams', id, { id, name, type: 'roundrobin', nodes });
const asked = () => double.requests.map(({ path }) => path.replace('/apisix/admin/upstreams', ''));
const ports = [
  { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
  { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 9100 },
];
const known: Known = { services: [service({ ports })], routes: [] };
const route = {
  kind: 'ApisixRoute' as const,
  namespace: 'shop',
  name: 'r',
  uid: 'r',
  resourceVersion: '1',
  rules: [{ name: 'rule1', backends: [{ serviceName: 'web', servicePort: 80 }] }],
};

async function found(read: LookUp, of = known): Promise<readonly string[]> {
  const layer = await read(of);
  return layer.state === 'Read'
    ? layer.items.filter((item) => item.service).map(({ name }) => name)
    : [layer.state];
}

test('upstreams of every port cost one request each by id, and no list', async () => {
  write('shop_web_80');
  write('shop_web_9100');
  expect(await found(lookUp(true))).toEqual(['shop_web_80', 'shop_web_9100']);
  expect(asked()).toEqual([`/${idOfName('shop_web_80')}`, `/${idOfName('shop_web_9100')}`]);
});

test('only a port without one is asked for by ClusterIP too', async () => {
  write('shop_web_80');
  write('shop_web_9100_service');
  expect(await found(lookUp(true))).toEqual(['shop_web_80', 'shop_web_9100_service']);
  expect(asked()).toHaveLength(3);
});

test('an upstream of controller 2.x is found by the rule of its route', async () => {
  write('shop_r_0');
  expect(await found(lookUp(false), { ...known, routes: [route] })).toEqual(['shop_r_0']);
  expect(asked()).not.toContain('');
});

test('a port that a route leads to by subset or ClusterIP is asked for so, and only so', async () => {
  write('shop_web_v1_80');
  write('shop_web_9100_service');
  const backends = [
    { serviceName: 'web', servicePort: 80, subset: 'v1' },
    { serviceName: 'web', servicePort: 9100, granularity: 'service' as const },
  ];
  const routes = [{ ...route, rules: [{ name: 'rule1', backends }] }];
  expect(await found(lookUp(true), { ...known, routes })).toEqual([
    'shop_web_v1_80',
    'shop_web_9100_service',
  ]);
  expect(asked()).toHaveLength(2);
});

test('an inline upstream of controller 2.x is found in the service of the rule, with the one in its shadow', async () => {
  const id = idOfName('shop_r_0');
  const labels = { 'k8s/kind': 'ApisixRoute', 'k8s/namespace': 'shop', 'k8s/name': 'r' };
  double.put('services', id, { name: 'shop_r_0', labels, upstream: { type: 'roundrobin', nodes } });
  const managed = { 'managed-by': 'apisix-ingress-controller' };
  double.put('upstreams', id, { name: 'shop_r_0', labels: managed, type: 'roundrobin', nodes });
  const web = { services: [service()], routes: [route] };
  const layer = await lookUp(false)(web);
  expect(
    layer.state === 'Read' &&
      layer.items.map(({ inline, shadows, orphan }) => [inline?.kind, shadows, orphan]),
  ).toEqual([
    [undefined, undefined, 'Unreferenced'],
    ['Service', id, undefined],
  ]);
  expect(asked()).toEqual([`/${idOfName('shop_web_80')}`, `/apisix/admin/services/${id}`, `/${id}`]);
});

test('a Service whose place was taken is not searched for in a list', async () => {
  const id = idOfName('shop_r_0');
  const labels = { 'k8s/kind': 'HTTPRoute', 'k8s/namespace': 'shop', 'k8s/name': 'r' };
  double.put('services', id, { name: 'shop_r_0', labels, upstream_id: id });
  write('shop_r_0');
  const layer = await lookUp(true)({ services: [service()], routes: [route] });
  expect(layer.state === 'Read' && layer.items[0]?.displaced?.[0]?.by.kind).toBe('HTTPRoute');
  expect(asked()).not.toContain('');
});

test('an upstream under an id of its own costs one list, said once, and is asked for by that id later', async () => {
  write('shop_web_80', 'handmade');
  const read = lookUp(true);
  expect(await found(read)).toEqual(['shop_web_80']);
  expect(asked()).not.toContain('/handmade');
  expect(await found(read)).toEqual(['shop_web_80']);
  expect(asked().filter((path) => path === '')).toHaveLength(1);
  expect(asked()).toContain('/handmade');
  expect(notices).toHaveLength(1);
});

test('an upstream whose route cannot be seen is asked for again: its Service stays unknown', async () => {
  const managed = { 'managed-by': 'apisix-ingress-controller' };
  const written = { name: 'shop_hidden_0', labels: managed, type: 'roundrobin', nodes };
  double.put('upstreams', idOfName('shop_hidden_0'), written);
  const read = lookUp(true);
  const unseen = async () => {
    const layer = await read({ services: [service()], routes: [] });
    return layer.state === 'Read' && layer.items.map(({ unseenRouteIn }) => unseenRouteIn);
  };
  expect(await unseen()).toEqual(['shop']);
  expect(await unseen()).toEqual(['shop']);
});

test('what was read of APISIX services stays beside the list of upstreams', async () => {
  const id = idOfName('shop_r_0');
  const labels = { 'k8s/kind': 'ApisixRoute', 'k8s/namespace': 'shop', 'k8s/name': 'r' };
  double.put('services', id, { name: 'shop_r_0', labels, upstream: { type: 'roundrobin', nodes } });
  const other = service({ name: 'other', uid: 'uid-other' });
  const layer = await lookUp(true)({ services: [service(), other], routes: [route] });
  expect(asked()).toContain('');
  expect(layer.state === 'Read' && layer.items.map(({ inline }) => inline?.kind)).toEqual(['Service']);
});

test('upstreams are read again by the ids they had, and nothing is listed', async () => {
  write('shop_web_80', 'handmade');
  const again = lookUpAgain(open());
  expect(await found((of) => again(of, [{ id: 'handmade' }]))).toEqual(['shop_web_80']);
  expect(asked()).toContain('/handmade');
  expect(asked()).not.toContain('');
});

test('a Service that no route names is worth no list on a gateway that was merely found', async () => {
  write('shop_web_80', 'handmade');
  expect(await found(lookUp(false))).toEqual([]);
  expect(asked()).not.toContain('');
});

test('a gateway that fails is asked once', async () => {
  double.fail('http-500');
  expect(await found(lookUp(true))).toEqual(['Unread']);
  expect(asked()).toHaveLength(1);
});
