import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EpsError } from '../../../source/core/error.ts';
import { streamTransport, urlTransport } from '../../../source/gateways/apisix/transport.ts';
import { httpServer, httpsServer } from '../../helpers/api-server.ts';
import { untilEnd } from '../../helpers/cluster.ts';
import { secrets } from '../../helpers/secrets.ts';

const limits = { timeoutMs: 5_000 };
const path = '/apisix/admin/upstreams';

/** Answers with what it was asked. */
const mirror: RequestListener = ({ url, headers }, response) => {
  response.end(JSON.stringify({ url, headers }));
};

async function mirrored(url: string, key?: string) {
  const { text } = await urlTransport(url, limits).get(path, key);
  return JSON.parse(text) as { readonly url: string; readonly headers: IncomingHttpHeaders };
}

test.each([
  ['', path],
  ['/', path],
  ['/apisix/admin', path],
  ['/apisix/admin/', path],
  ['/gateway', `/gateway${path}`],
  ['/gateway/apisix/admin', `/gateway${path}`],
])('a URL that ends in "%s" is asked for %s', async (end, asked) => {
  const { port } = await untilEnd(httpServer(mirror));
  expect(await mirrored(`http://127.0.0.1:${port}${end}`)).toMatchObject({ url: asked });
});

test('the key and the credentials of the URL are sent, and not part of what people see', async () => {
  const { port } = await untilEnd(httpServer(mirror));
  const url = `http://me:pass%20word@127.0.0.1:${port}`;
  const { headers } = await mirrored(url, secrets.adminKey);
  expect(headers).toMatchObject({
    'x-api-key': secrets.adminKey,
    authorization: `Basic ${Buffer.from('me:pass word').toString('base64')}`,
  });
  expect(urlTransport(url, limits).source).toBe(`http://127.0.0.1:${port}`);
});

test('what is no http or https URL is refused, and not repeated: it may hold a password', () => {
  expect(() => urlTransport('ftp://me:password@localhost:9180', limits)).toThrow(
    /^invalid URL of APISIX: not an http or https URL$/,
  );
});

test.each([
  '/',
  '/apisix/admin',
  '/apisix/admin/',
  '/apisix/admin/../x',
  '/v2/x',
  '/v1/plugins/reload',
  '/v1/upstream/../plugins/reload',
  '/apisix/admin/upstreams?x=1',
])('nothing is sent to %s', async (outside) => {
  const listener = vi.fn(mirror);
  const { port } = await untilEnd(httpServer(listener));
  await expect(urlTransport(`http://127.0.0.1:${port}`, limits).get(outside, undefined)).rejects.toThrow(
    `the APISIX admin API has nothing at ${outside}`,
  );
  expect(listener).not.toHaveBeenCalled();
});

test('a server with a certificate of an unknown CA is not asked, and not told the key', async () => {
  const listener = vi.fn(mirror);
  const { port } = await untilEnd(httpsServer(listener));
  await expect(urlTransport(`https://127.0.0.1:${port}`, limits).get(path, secrets.adminKey)).rejects.toThrow(
    `cannot read the APISIX admin API at https://127.0.0.1:${port}: its certificate is signed by unknown authority`,
  );
  expect(listener).not.toHaveBeenCalled();
});

test('https to a server of plain HTTP says so', async () => {
  const { port } = await untilEnd(httpServer(mirror));
  await expect(urlTransport(`https://127.0.0.1:${port}`, limits).get(path, undefined)).rejects.toThrow(
    'it does not speak TLS',
  );
});

test('a body beyond the cap is given up', async () => {
  const { port } = await untilEnd(httpServer((_, response) => response.end('x'.repeat(1_001))));
  const get = (maxBytes: number) =>
    urlTransport(`http://127.0.0.1:${port}`, { ...limits, maxBytes }).get(path, undefined);
  await expect(get(1_000)).rejects.toThrow('the APISIX admin API answered with more than 1000 bytes');
  expect((await get(1_001)).text).toHaveLength(1_001);
});

test('one request at a time is under way, and a failure does not stop the next', async () => {
  let open = 0;
  let most = 0;
  const { port } = await untilEnd(
    httpServer((request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open--;
        if (request.url === '/apisix/admin/bad') response.destroy();
        else response.end(request.url);
      });
    }),
  );
  const transport = urlTransport(`http://127.0.0.1:${port}`, limits);
  const answers = await Promise.allSettled(
    ['a', 'bad', 'c', 'd'].map((name) => transport.get(`/apisix/admin/${name}`, undefined)),
  );
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(most).toBe(1);
});

test('closing gives up a request that is under way', async () => {
  const { port, connections } = await untilEnd(httpServer(() => undefined));
  const transport = urlTransport(`http://127.0.0.1:${port}`, limits);
  const answer = expect(transport.get(path, undefined)).rejects.toThrow(EpsError);
  await vi.waitUntil(() => connections() === 1);
  transport.close();
  await answer;
});

test('a stream is dialled for each request and destroyed with the answer, though the server keeps it open', async () => {
  const server = createServer((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const streams = new Set<ReturnType<typeof connect>>();
  const transport = streamTransport('pod ingress-apisix/apisix-0', limits, () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    streams.add(socket);
    return Promise.resolve(socket);
  });
  expect(await transport.get(path, undefined)).toEqual({ status: 200, text: '{}' });
  expect(await transport.get(path, undefined)).toEqual({ status: 200, text: '{}' });
  expect([...streams].map(({ destroyed }) => destroyed)).toEqual([true, true]);
});

test('what breaks the stream, or keeps it from being dialled, is the reason', async () => {
  const broken = streamTransport('pod a/b', limits, () => {
    const socket = connect(1, '127.0.0.1');
    socket.destroy(new EpsError('cannot connect to port 9180 of pod a/b: no such container'));
    return Promise.resolve(socket);
  });
  await expect(broken.get(path, undefined)).rejects.toThrow('port 9180 of pod a/b: no such container');
  const refused = streamTransport('pod a/b', limits, () =>
    Promise.reject(new EpsError('pods "b" is forbidden')),
  );
  await expect(refused.get(path, undefined)).rejects.toThrow('pods "b" is forbidden');
});

test('dialling is part of the time for an answer', async () => {
  const transport = streamTransport('pod a/b', { timeoutMs: 100 }, (signal) => {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('given up'));
      });
    });
  });
  await expect(transport.get(path, undefined)).rejects.toThrow('did not answer within 0.1s');
});
