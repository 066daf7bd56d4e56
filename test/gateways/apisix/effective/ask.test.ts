import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { askApisix } from '../../../../source/gateways/apisix/effective/ask.ts';
import { urlTransport } from '../../../../source/gateways/apisix/transport.ts';
import { httpServer, type RunningServer } from '../../../helpers/api-server.ts';
import { readCaptures } from '../../../helpers/apisix/captures.ts';
import { recordedJson } from '../../../helpers/ingress-controller.ts';
import { secrets } from '../../../helpers/secrets.ts';

let server: RunningServer | undefined;
afterEach(() => server?.close());

const one = { kind: 'ids', ids: ['arr'] } as const;

/** Asks a server that answers so; `asked` is what arrived. */
async function serve(answer: (method: string, path: string, body: string) => [status: number, body: string]) {
  const asked: string[] = [];
  const listener: RequestListener = (message, response) => {
    const { method = '', url = '' } = message;
    asked.push(`${method} ${url}`);
    void text(message).then((body) => {
      const [status, sent] = answer(method, url, body);
      response.writeHead(status).end(sent);
    });
  };
  server = await httpServer(listener);
  const transport = urlTransport(`http://127.0.0.1:${server.port}`, { timeoutMs: 10_000 });
  return { ask: askApisix(transport, secrets.adminKey), asked };
}

describe('a standalone APISIX', () => {
  const captures = readCaptures('v3-standalone-api');
  const bodyOf = (name: string) => captures.find((one) => one.name.endsWith(`/${name}`))?.body ?? '';
  const serving = (document: string) =>
    serve((_method, path) =>
      path === '/apisix/admin/configs' ? [200, document] : [404, bodyOf('path-upstreams')],
    );

  test('is asked for its one document, which holds everything, and from then on for nothing else', async () => {
    const { ask, asked } = await serving(bodyOf('configs-get'));
    const reading = await ask('upstreams', one);
    expect(reading).toMatchObject({ state: 'Read', isWhole: true });
    const kinds = reading.state === 'Read' ? reading.items.map(({ resource }) => resource) : [];
    expect([...new Set(kinds)].sort()).toEqual(['routes', 'services', 'upstreams']);
    await ask('services', one);
    expect(asked).toEqual([
      'GET /apisix/admin/upstreams/arr',
      'GET /apisix/admin/configs',
      'GET /apisix/admin/configs',
    ]);
  });

  test.each(['configs-initial', 'configs-after-restart', 'get-big-3000x100'])(
    'that shows nothing (%s) is Unread, not without upstreams',
    async (name) => {
      const { ask } = await serving(bodyOf(name));
      expect(await ask('upstreams', one)).toMatchObject({ state: 'Unread' });
    },
  );
});

describe('the etcd that controller 1.8 serves', () => {
  const { response } = recordedJson('v1.8.4/12-etcdserver-mode.kv-range.json') as {
    readonly response: { readonly kvs: readonly { readonly key: string; readonly value: unknown }[] };
  };
  const plain = (text: unknown) => Buffer.from(String(text), 'base64').toString('utf8');
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const serving = () =>
    serve((method, path, body) => {
      if (method !== 'POST' || path !== '/v3/kv/range') return [404, '404 page not found\n'];
      const { key, range_end: end } = JSON.parse(body) as {
        readonly key: string;
        readonly range_end?: string;
      };
      const kvs = response.kvs
        .filter((kv) =>
          end === undefined ? kv.key === plain(key) : kv.key >= plain(key) && kv.key < plain(end),
        )
        .map((kv) => ({ key: base64(kv.key), value: base64(JSON.stringify(kv.value)) }));
      return [200, JSON.stringify({ header: { revision: '1' }, ...(kvs.length > 0 && { kvs }) })];
    });

  test('is asked for one key by an id, and without that key has nothing', async () => {
    const { ask, asked } = await serving();
    expect(await ask('upstreams', { kind: 'ids', ids: ['5ce57b8e', 'nosuch'] })).toMatchObject({
      state: 'Read',
      items: [{ resource: 'upstreams', id: '5ce57b8e', value: { name: 'default_httpbin_80' } }],
    });
    expect(asked).toEqual([
      'GET /apisix/admin/upstreams/5ce57b8e',
      'GET /apisix/admin/configs',
      'POST /v3/kv/range',
      'POST /v3/kv/range',
    ]);
  });

  test('lists one kind of objects', async () => {
    const { ask } = await serving();
    const reading = await ask('upstreams', { kind: 'all' });
    expect(reading.state === 'Read' && reading.items).toHaveLength(6);
    expect(await ask('services', { kind: 'all' })).toEqual({ state: 'Read', items: [] });
  });
});

test('a server that is none of them is Unread for what the admin API should have answered', async () => {
  const { ask, asked } = await serve(() => [404, '<html>not here</html>']);
  const reading = await ask('upstreams', one);
  expect(reading).toMatchObject({ state: 'Unread', isNoAdmin: true });
  expect(reading.state === 'Unread' && reading.reason).toContain('answered with HTML');
  expect(asked).toHaveLength(3);
});

test('an admin API that refuses the key is asked nothing else', async () => {
  const { ask, asked } = await serve(() => [
    401,
    '{"error_msg":"failed to check token","description":"wrong apikey"}',
  ]);
  expect(await ask('upstreams', one)).toMatchObject({ state: 'Unread' });
  expect(asked).toHaveLength(1);
});
