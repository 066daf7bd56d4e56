import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAdmin, type Wanted } from '../../../source/gateways/apisix/admin.ts';
import { urlTransport } from '../../../source/gateways/apisix/transport.ts';
import type { Failure } from '../../helpers/apisix/failures.ts';
import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import { secrets } from '../../helpers/secrets.ts';

const { adminKey } = secrets;
/** Longer than any answer takes on a busy machine. */
const timeoutMs = 10_000;
const one: Wanted = { kind: 'ids', ids: ['5ce57b8e'] };

describe.each(['v3', 'v2'] as const)('the admin API %s', (flavour) => {
  let apisix: Apisix;
  beforeEach(async () => {
    apisix = await startApisix({ flavour, adminKey });
    apisix.put('upstreams', '5ce57b8e', {
      name: 'default_httpbin_80',
      type: 'roundrobin',
      nodes: [{ host: '10.0.0.1', port: 80, weight: 100 }],
    });
    apisix.put('upstreams', '7', { type: 'roundrobin', nodes: { '10.0.0.2:80': 1 } });
    apisix.put('routes', 'r1', { uri: '/*', upstream_id: '7' });
  });
  afterEach(() => apisix.close());

  const read = (wanted: Wanted, key: string | undefined = adminKey, limits = { timeoutMs }) =>
    readAdmin(urlTransport(apisix.adminUrl, limits), key, 'upstreams', wanted);
  const list = (resource: 'routes' | 'services') =>
    readAdmin(urlTransport(apisix.adminUrl, { timeoutMs }), adminKey, resource, { kind: 'all' });
  const asked = () => apisix.requests.map(({ method, path }) => `${method} ${path}`);

  test('upstreams of known ids are read by their ids, and no list is asked for', async () => {
    const reading = await read({ kind: 'ids', ids: ['5ce57b8e', '7'] });
    expect(reading).toMatchObject({
      state: 'Read',
      items: [
        { resource: 'upstreams', id: '5ce57b8e', value: { name: 'default_httpbin_80' } },
        { resource: 'upstreams', id: '7', value: { nodes: { '10.0.0.2:80': 1 } } },
      ],
    });
    expect(asked()).toEqual(['GET /apisix/admin/upstreams/5ce57b8e', 'GET /apisix/admin/upstreams/7']);
  });

  test('an id that APISIX does not have is left out', async () => {
    expect(await read({ kind: 'ids', ids: ['nosuch', '7'] })).toMatchObject({
      state: 'Read',
      items: [{ id: '7' }],
    });
  });

  test('all upstreams, and the routes, are one list each', async () => {
    expect(await read({ kind: 'all' })).toMatchObject({ items: [{ id: '5ce57b8e' }, { id: '7' }] });
    const routes = await list('routes');
    expect(routes).toMatchObject({ state: 'Read', items: [{ resource: 'routes', id: 'r1' }] });
    expect(asked()).toEqual(['GET /apisix/admin/upstreams', 'GET /apisix/admin/routes']);
  });

  test('a list without items is read, and empty', async () => {
    const services = await list('services');
    expect(services).toEqual({ state: 'Read', items: [] });
  });

  test('a wrong key and none are told apart, and the wrong one is not shown', async () => {
    const wrong = await read(one, secrets.wrongKey);
    expect(wrong).toEqual({ state: 'Unread', reason: 'the APISIX admin API refused the key (401)' });
    expect(
      await readAdmin(urlTransport(apisix.adminUrl, { timeoutMs }), undefined, 'upstreams', one),
    ).toEqual({
      state: 'Unread',
      reason: 'the APISIX admin API wants a key, and none was sent (401)',
    });
  });

  test.each<[Failure, (source: string) => string]>([
    ['ip-refused', () => 'the APISIX admin API does not let this address in (403): see allow_admin'],
    ['etcd-down', () => 'the APISIX admin API answered: has no healthy etcd endpoint available (503)'],
    ['http-500', () => 'the APISIX admin API failed (500)'],
    [
      'html',
      (source) => `the APISIX admin API answered with HTML, not JSON (200): is ${source} the admin API?`,
    ],
    ['empty-body', () => 'the APISIX admin API answered with an empty body (200)'],
    ['half-json', () => 'the APISIX admin API closed the connection in the middle of its answer'],
    ['reset', () => 'the APISIX admin API closed the connection in the middle of its answer'],
    [
      'short-json',
      () => 'the APISIX admin API answered with something that is no whole JSON of its objects (200)',
    ],
    ['frozen', () => 'the APISIX admin API did not answer within 0.2s'],
    [{ slow: 2_000 }, () => 'the APISIX admin API did not answer within 0.2s'],
  ])(
    '%j has a reason of its own, without the key, and the other ids are not asked for',
    async (failure, reason) => {
      apisix.fail(failure);
      const isLate = failure === 'frozen' || typeof failure === 'object';
      const limits = { timeoutMs: isLate ? 200 : timeoutMs };
      const reading = await read({ kind: 'ids', ids: ['5ce57b8e', '7'] }, adminKey, limits);
      expect(reading).toEqual({ state: 'Unread', reason: reason(apisix.adminUrl) });
      expect(JSON.stringify(reading)).not.toContain(adminKey);
      expect(asked()).toEqual(['GET /apisix/admin/upstreams/5ce57b8e']);
    },
  );
});

test('where nobody listens the reason says so', async () => {
  const apisix = await startApisix({ flavour: 'v3', adminKey });
  await apisix.close();
  expect(await readAdmin(urlTransport(apisix.adminUrl, { timeoutMs }), adminKey, 'upstreams', one)).toEqual({
    state: 'Unread',
    reason: `cannot read the APISIX admin API at ${apisix.adminUrl}: connection refused`,
  });
});
