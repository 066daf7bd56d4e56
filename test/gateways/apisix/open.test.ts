import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apisix } from '../../../source/gateways/apisix/kind.ts';
import type { GatewayOptions } from '../../../source/gateways/gateway.ts';
import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import { everywhere, fakeKube, listOf, podObject } from '../../helpers/kube-api.ts';
import { secrets } from '../../helpers/secrets.ts';

const { adminKey } = secrets;
let double: Apisix;
beforeAll(async () => {
  double = await startApisix({ flavour: 'v3', adminKey });
  double.put('upstreams', '7', { type: 'roundrobin', nodes: [] });
});
afterAll(() => double.close());

const found = {
  [everywhere]: listOf(
    podObject('gw/apisix-0', { ports: [{ name: 'admin', containerPort: 9181 }], configMap: 'apisix' }),
  ),
  '/api/v1/namespaces/gw/configmaps': listOf({
    metadata: { namespace: 'gw', name: 'apisix' },
    data: {
      'config.yaml': `deployment: {admin: {admin_key: [{name: admin, key: ${adminKey}, role: admin}]}}`,
    },
  }),
};

async function open(
  answers: Readonly<Record<string, unknown>>,
  options: Partial<GatewayOptions> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const notices: string[] = [];
  const dialled: string[] = [];
  const kube = fakeKube(answers);
  const opened = await apisix.open(
    {
      namespace: 'shop',
      timeoutMs: 10_000,
      everything: false,
      isGiven: false,
      allReplicas: false,
      ...options,
    },
    {
      kube,
      env,
      readFile: () => Promise.reject(new Error('no file')),
      exec: () => Promise.reject(new Error('nothing is run')),
      notice: (text) => notices.push(text),
      dial: ({ namespace, name }, port) => {
        dialled.push(`${namespace}/${name}:${port}`);
        return Promise.resolve(connect(double.adminPort, '127.0.0.1'));
      },
    },
  );
  return { opened, notices, dialled, asked: kube.asked };
}

async function upstream7(opened: Awaited<ReturnType<typeof open>>['opened']) {
  if (opened.state !== 'Open') return opened;
  const known = () => Promise.resolve({ services: [], routes: [] });
  const [gateway] = opened.gateways;
  return (await gateway?.list({ known, id: '7', pick: (upstreams) => upstreams }))?.upstreams;
}

test('APISIX is found, its key is found, and its upstreams are read through the pod', async () => {
  const { opened, notices, dialled } = await open(found);
  expect(await upstream7(opened)).toMatchObject({
    state: 'Read',
    items: [{ id: '7' }],
    source: 'pod gw/apisix-0',
  });
  expect(dialled).toEqual(['gw/apisix-0:9181']);
  expect(notices).toEqual(['reading APISIX through pod gw/apisix-0 (key from ConfigMap gw/apisix)']);
});

test('a URL is asked without looking into the cluster, and is not told a key that lies there', async () => {
  const { opened, notices, asked } = await open(found, { url: double.adminUrl });
  expect(await upstream7(opened)).toEqual({
    state: 'Unread',
    reason: 'the APISIX admin API wants a key, and none was sent (401)',
    source: double.adminUrl,
  });
  expect(asked).toEqual([]);
  expect(notices).toEqual([`reading APISIX through ${double.adminUrl} (without a key)`]);
});

test('a URL is told the key of the environment', async () => {
  const { opened, notices } = await open({}, { url: double.adminUrl }, { APISIX_ADMIN_KEY: adminKey });
  expect(await upstream7(opened)).toMatchObject({ state: 'Read', items: [{ id: '7' }] });
  expect(notices).toEqual([`reading APISIX through ${double.adminUrl} (key from APISIX_ADMIN_KEY)`]);
});

test('no APISIX, and none asked for, is Absent with one notice', async () => {
  const { opened, notices } = await open({ [everywhere]: listOf() });
  expect(opened).toEqual({ state: 'Absent' });
  expect(notices).toEqual(['no APISIX found: no pod with app.kubernetes.io/name=apisix']);
});

test('no APISIX where one was asked for is Unread', async () => {
  const { opened, notices } = await open({ [everywhere]: listOf() }, { pod: 'any' });
  expect(opened).toEqual({
    state: 'Unread',
    reason: 'no APISIX found: no pod with app.kubernetes.io/name=apisix',
    source: 'APISIX',
  });
  expect(notices).toEqual([]);
});

test('a named pod that is not there is an error', async () => {
  await expect(open(found, { pod: { namespace: 'gw', name: 'apisix-9' } })).rejects.toThrow('NotFound');
});

test('a Secret that may not be read leaves the gateway Unread', async () => {
  const keySecret = { namespace: 'gw', name: 'admin', key: 'viewer' };
  const { opened } = await open({ ...found, '/api/v1/namespaces/gw/secrets/admin': 403 }, { keySecret });
  expect(opened).toMatchObject({
    state: 'Unread',
    reason: 'Error from server (Forbidden): the server does not allow this request',
  });
});
