import { expect, test } from 'vitest';
import { namesProxy, proxyFor } from '../../../source/sources/kubernetes/connection/proxy.ts';

const proxy = 'http://proxy:3128';

test.each([
  ['', true],
  ['*', false],
  ['api.shop.example', false],
  ['shop.example', false],
  ['.shop.example', false],
  ['*.shop.example', false],
  ['.api.shop.example', true],
  ['op.example', true],
  ['other.example, shop.example', false],
  ['api.shop.example:6443', false],
  ['api.shop.example:443', true],
])('NO_PROXY=%s: a server by name goes through the proxy: %s', async (noProxy, isProxied) => {
  const env = { HTTPS_PROXY: proxy, NO_PROXY: noProxy };
  expect(await proxyFor(new URL('https://api.shop.example:6443'), env)).toBe(isProxied ? proxy : undefined);
});

test.each([
  ['https://10.1.2.3', '10.0.0.0/8', false],
  ['https://10.1.2.3', '10.2.0.0/16', true],
  ['https://10.1.2.3', '10.1.2.3', false],
  ['https://10.1.2.3', '2.3', true],
  ['https://[fd00::1]', 'fd00::/8', false],
  ['https://[fd00::1]', 'fd00::1', false],
  ['https://[fd00::1]', '10.0.0.0/8', true],
])('%s with NO_PROXY=%s goes through the proxy: %s', async (server, noProxy, isProxied) => {
  expect(await proxyFor(new URL(server), { HTTPS_PROXY: proxy, NO_PROXY: noProxy })).toBe(
    isProxied ? proxy : undefined,
  );
});

test.each(['https://localhost:6443', 'https://127.0.0.1:6443', 'https://[::1]:6443'])(
  '%s is never proxied',
  async (server) => {
    expect(await proxyFor(new URL(server), { HTTPS_PROXY: proxy })).toBeUndefined();
  },
);

test('each scheme has its variable, in either case, and a proxy without a scheme speaks HTTP', async () => {
  const https = new URL('https://api.example');
  const http = new URL('http://api.example');
  expect(await proxyFor(https, { https_proxy: 'proxy:3128' })).toBe('http://proxy:3128');
  expect(await proxyFor(http, { https_proxy: 'proxy:3128' })).toBeUndefined();
  expect(await proxyFor(http, { HTTP_PROXY: proxy })).toBe(proxy);
  expect(await proxyFor(https, { HTTPS_PROXY: 'socks5://a', https_proxy: proxy })).toBe('socks5://a');
});

test.each([
  [{}, false],
  [{ HTTPS_PROXY: '', NO_PROXY: '*' }, false],
  [{ HTTPS_PROXY: proxy, NO_PROXY: '*' }, true],
  [{ http_proxy: proxy }, true],
  [{ ALL_PROXY: proxy }, true],
])('%j names a proxy, for whatever server: %s', (env, isNamed) => {
  expect(namesProxy(env)).toBe(isNamed);
});
