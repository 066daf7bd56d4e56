import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discover, parseDump } from '../../../../source/gateways/apisix/effective/discovery.ts';
import { parseServiceName } from '../../../../source/gateways/apisix/effective/discovery-name.ts';
import { upstreamsOf } from '../../../../source/gateways/apisix/upstreams.ts';
import { secrets } from '../../../helpers/secrets.ts';
import { service } from '../../../helpers/snapshot.ts';

const fixture = new URL('../../../fixtures/apisix/v3/ctl-discovery-k8s-dump.json', import.meta.url);
const captured: unknown = JSON.parse(readFileSync(fixture, 'utf8'));

const port = { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 };
const known = {
  services: [
    service(),
    service({ name: 'noname', ports: [{ ...port, name: '' }] }),
    service({ name: 'two', ports: [port, { ...port, name: 'metrics', port: 9100, targetPort: 9100 }] }),
  ],
  routes: [],
};

describe('the dump of kubernetes discovery', () => {
  test('is told from other answers, and gives the nodes by Service and port', () => {
    const [registry] = parseDump(captured) ?? [];
    expect(registry).toMatchObject({ id: '', wantsSlices: false });
    expect([...(registry?.services.keys() ?? [])]).toEqual(['shop/noname', 'shop/empty', 'default/httpbin']);
    expect(registry?.services.get('default/httpbin')?.get('http')).toEqual([
      { host: '127.0.0.1', port: 19001, weight: 50, priority: 0 },
      { host: '127.0.0.1', port: 19002, weight: 50, priority: 0 },
    ]);
    expect(parseDump({ total: 0, list: [] })).toBeUndefined();
    expect(parseDump([])).toBeUndefined();
  });

  test('leaves the token of APISIX behind', () => {
    expect(JSON.stringify(captured)).toContain(secrets.recordedToken);
    const kept = JSON.stringify(parseDump(captured), (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    );
    expect(kept).not.toContain(secrets.recordedToken);
    expect(kept).toContain('19001');
  });

  test('of several clusters is told apart by their ids', () => {
    const registries = parseDump({
      endpoints: [
        { id: 'east', endpoints: [{ name: 'shop/web', value: '{}' }] },
        { id: 'west', endpoints: {} },
      ],
      config: [{ id: 'west', watch_endpoint_slices: true }, { id: 'east' }],
    });
    expect(registries?.map(({ id, wantsSlices, services }) => [id, wantsSlices, services.size])).toEqual([
      ['east', undefined, 1],
      ['west', true, 0],
    ]);
  });
});

describe('the service_name', () => {
  test.each([
    ['shop/web:http', undefined],
    ['shop/web:80', 'shop/web:http'],
    ['shop/web:8080', 'shop/web:http'],
    ['shop/web', 'shop/web:http'],
    ['web.shop.svc.cluster.local:80', 'shop/web:http'],
    ['web.shop', 'shop/web:http'],
    ['shop/two:9100', 'shop/two:metrics'],
    ['shop/noname:8080', undefined],
    ['shop/noname:80', 'shop/noname:8080'],
    ['east/shop/web:80', 'east/shop/web:http'],
    ['shop/gone:80', undefined],
  ])('%s should be %s', (text, shouldBe) => {
    expect(parseServiceName('kubernetes', text, known)?.shouldBe).toBe(shouldBe);
  });

  test('of another discovery than that of Kubernetes is not judged', () => {
    expect(parseServiceName('dns', 'web.shop:80', known)).toBeUndefined();
  });
});

describe('an upstream with discovery', () => {
  const nodes = (name: string, dump: object) => {
    const item = {
      resource: 'upstreams',
      id: 'k',
      value: { discovery_type: 'kubernetes', service_name: name },
    };
    const [upstream] = discover(upstreamsOf([item], known), parseDump(dump) ?? [], known);
    return upstream;
  };
  const dumpOf = (services: Readonly<Record<string, unknown>>, config: object = {}) => ({
    endpoints: [
      {
        endpoints: Object.entries(services).map(([name, ports]) => ({ name, value: JSON.stringify(ports) })),
      },
    ],
    config,
  });
  const held = { http: [{ host: '10.0.0.1', port: 8080, weight: 50 }] };

  test('has the nodes of its key and port', () => {
    expect(nodes('shop/web:http', dumpOf({ 'shop/web': held }))).toMatchObject({
      service: { name: 'web', port: 80 },
      nodes: { state: 'Read', items: [{ host: '10.0.0.1' }] },
    });
  });

  test('has none under a port that the key does not have', () => {
    expect(nodes('shop/web:80', dumpOf({ 'shop/web': held }))).toMatchObject({
      nodes: { state: 'Read', items: [] },
      discovery: { shouldBe: 'shop/web:http' },
    });
  });

  test('is Unread without a dump, with an empty one, and with one that may end before its key', () => {
    const many = Object.fromEntries(Array.from({ length: 512 }, (_, index) => [`shop/s${index}`, held]));
    expect(nodes('shop/web:http', {})?.nodes.state).toBe('Unread');
    expect(nodes('shop/web:http', dumpOf({}))?.nodes.state).toBe('Unread');
    expect(nodes('shop/web:http', dumpOf(many))?.nodes.state).toBe('Unread');
  });

  test('finds nothing where APISIX files slices under their own names', () => {
    const slices = dumpOf({ 'shop/web-abc12': { http: [{ port: 8080 }] } }, { watch_endpoint_slices: true });
    expect(nodes('shop/web:http', slices)).toMatchObject({
      nodes: { state: 'Read', items: [] },
      discovery: { wantsSlices: true, keyedBySlice: true },
    });
  });
});
