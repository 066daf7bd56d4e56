import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterEach, describe, expect, test } from 'vitest';

import { asRecord } from '../../source/core/door.ts';
import type { Failure } from './apisix/failures.ts';
import { startApisix, type Apisix, type ApisixOptions } from './apisix/server.ts';
import { ask, type Received } from './apisix/session.ts';
import { secrets } from './secrets.ts';

const { adminKey } = secrets;
const requestHeaders = { 'X-API-KEY': adminKey };
const nodes = [{ host: '10.64.0.1', port: 8080, weight: 100 }];
const upstream = { id: '5ce57b8e', name: 'default_httpbin_80', type: 'roundrobin', nodes, scheme: 'http' };

let apisix: Apisix | undefined;

async function start(options: Partial<ApisixOptions> = {}): Promise<Apisix> {
  apisix = await startApisix({ flavour: 'v3', adminKey, ...options });
  return apisix;
}

afterEach(async () => {
  await apisix?.close();
  apisix = undefined;
});

async function admin(
  { adminPort }: Apisix,
  method: string,
  path: string,
  value?: unknown,
): Promise<Received> {
  const requestBody = value === undefined ? '' : JSON.stringify(value);
  return ask(adminPort, { method, path: `/apisix/admin/${path}`, requestHeaders, requestBody });
}

/** Everything the admin port sends before it closes the connection. */
async function rawGet(port: number): Promise<string> {
  const socket = createConnection(port, '127.0.0.1');
  socket.write(`GET /apisix/admin/upstreams/a HTTP/1.1\r\nHost: a\r\nX-API-KEY: ${adminKey}\r\n\r\n`);
  return text(socket);
}

describe.each(['v3', 'v2'] as const)('The ingress controller 1.8.4, speaking %s', (flavour) => {
  const ssl = flavour === 'v3' ? 'ssls' : 'ssl';

  test.each(['routes', 'upstreams', ssl, 'global_rules', 'consumers', 'plugin_configs'])(
    'finds %s at its start',
    async (resource) => {
      const { status, body } = await admin(await start({ flavour }), 'GET', resource);
      expect(status).toBe(200);
      expect(body).toMatch(
        flavour === 'v3' ? /^\{"list":\[\],"total":0\}\n$/ : /"nodes":\[\]\},"count":0\}\n$/,
      );
    },
  );

  test('finds every plug-in with a schema', async () => {
    const double = await start({ flavour });
    const plugins: unknown = JSON.parse((await admin(double, 'GET', 'plugins?all=true')).body);
    for (const name of Object.keys(asRecord(plugins))) {
      expect((await admin(double, 'GET', `schema/plugins/${name}`)).status).toBe(200);
    }
  });

  test('reads back what it wrote, under the first createdIndex and create_time', async () => {
    let now = 100;
    const double = await start({ flavour, now: () => now });
    expect((await admin(double, 'PUT', 'upstreams/5ce57b8e', upstream)).status).toBe(201);
    now = 200;
    expect((await admin(double, 'PUT', 'upstreams/5ce57b8e', { ...upstream, nodes: [] })).status).toBe(200);
    expect(double.get('upstreams', '5ce57b8e')).toMatchObject({
      value: { ...upstream, nodes: [], create_time: 100, update_time: 200 },
      createdIndex: 1,
      modifiedIndex: 2,
    });
  });

  test('deletes once, and is told that nothing is left', async () => {
    const double = await start({ flavour });
    double.put('upstreams', 'a', upstream);
    expect((await admin(double, 'DELETE', 'upstreams/a?force=true')).body).toContain('"deleted":"1"');
    expect(await admin(double, 'DELETE', 'upstreams/a?force=true')).toMatchObject({
      status: 404,
      body: '{"message":"Key not found"}\n',
    });
    expect(double.items('upstreams')).toEqual([]);
  });
});

test('A forced delete passes over the route that still uses the upstream; 2.15 knows no force', async () => {
  const statuses = await Promise.all(
    (['v3', 'v2'] as const).map(async (flavour) => {
      const double = await startApisix({ flavour, adminKey });
      double.put('upstreams', 'a', upstream);
      double.put('routes', 'r', { uri: '/', upstream_id: 'a' });
      const { status } = await admin(double, 'DELETE', 'upstreams/a?force=true');
      await double.close();
      return status;
    }),
  );
  expect(statuses).toEqual([200, 400]);
});

test('3.18 refuses the bare IPv6 hosts that the controller writes; 2.15 keeps them', async () => {
  const value = { ...upstream, nodes: [{ host: 'fd00::1', port: 80, weight: 1 }] };
  const refused = await admin(await start(), 'PUT', 'upstreams/a', value);
  await apisix?.close();
  const kept = await admin(await start({ flavour: 'v2' }), 'PUT', 'upstreams/a', value);
  expect([refused.status, kept.status]).toEqual([400, 201]);
});

test('The log tells port, method, path and time, and never a key', async () => {
  const before = Date.now();
  const double = await start();
  await admin(double, 'GET', `upstreams?api_key=${adminKey}&page=1`);
  await ask(double.controlPort, { method: 'GET', path: '/v1/upstreams' });
  expect(double.requests).toMatchObject([
    { port: 'admin', method: 'GET', path: '/apisix/admin/upstreams?api_key=&page=1' },
    { port: 'control', method: 'GET', path: '/v1/upstreams' },
  ]);
  expect(double.requests.every(({ time }) => time >= before && time <= Date.now())).toBe(true);
  expect(JSON.stringify(double.requests)).not.toContain(adminKey);
});

describe('A failing gateway', () => {
  async function startFailing(failure: Failure): Promise<Apisix> {
    const double = await start();
    double.put('upstreams', 'a', upstream);
    double.fail(failure);
    return double;
  }

  test.each([
    ['wrong-key', 401, /wrong apikey/],
    ['ip-refused', 403, /<h1>403 Forbidden<\/h1>/],
    ['etcd-down', 503, /has no healthy etcd endpoint available/],
    ['http-500', 500, /<h1>500 Internal Server Error<\/h1>/],
    ['html', 200, /^<html>/],
    ['empty-body', 200, /^$/],
  ] as const)('(%s) answers %i on the admin port', async (failure, status, body) => {
    const answer = await admin(await startFailing(failure), 'GET', 'upstreams/a');
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(body);
  });

  test.each(['wrong-key', 'ip-refused', 'etcd-down'] as const)(
    '(%s) leaves the control port alone',
    async (failure) => {
      const { controlPort } = await startFailing(failure);
      expect((await ask(controlPort, { method: 'GET', path: '/v1/upstream/a' })).status).toBe(200);
    },
  );

  test('(short-json) says the length of the half it sends', async () => {
    const { headers, body } = await admin(await startFailing('short-json'), 'GET', 'upstreams/a');
    expect(headers['content-length']).toBe(body.length.toString());
    expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError);
  });

  test('(half-json) promises the whole and sends half', async () => {
    const double = await startFailing('half-json');
    await expect(admin(double, 'GET', 'upstreams/a')).rejects.toMatchObject({ code: 'ECONNRESET' });
    const [head = '', body = ''] = (await rawGet(double.adminPort)).split('\r\n\r\n');
    expect(body).toMatch(/^\{"key/);
    expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(body.length);
  });

  test('(reset) never sends the last chunk', async () => {
    const double = await startFailing('reset');
    await expect(admin(double, 'GET', 'upstreams/a')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await rawGet(double.adminPort)).toMatch(/Transfer-Encoding: chunked[^]*\{"key[^]*[^0]\r\n$/);
  });

  test('(frozen) takes the request and answers nothing until it is closed', async () => {
    const double = await startFailing('frozen');
    const answer = admin(double, 'GET', 'upstreams/a');
    await expect.poll(() => double.requests.length).toBe(1);
    await double.close();
    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('(slow) answers in full, later', async () => {
    const double = await startFailing({ slow: 50 });
    const { status } = await admin(double, 'GET', 'upstreams/a');
    expect(status).toBe(200);
    expect(Date.now() - (double.requests[0]?.time ?? Number.NaN)).toBeGreaterThanOrEqual(49);
  });

  test('answers as before once it is healed', async () => {
    const double = await startFailing('reset');
    double.fail(undefined);
    expect((await admin(double, 'GET', 'upstreams/a')).status).toBe(200);
  });
});
