import { describe, expect, test } from 'vitest';
import type { Upstream } from '../../../../source/core/snapshot.ts';
import { asArray, asRecord, asText } from '../../../../source/core/door.ts';
import { idOfName } from '../../../../source/gateways/apisix/name.ts';
import { upstreamsOf } from '../../../../source/gateways/apisix/upstreams.ts';
import {
  applied,
  itemsIn,
  knownIn,
  ownersIn,
  recordedJson,
  recordedText,
  store,
} from '../../../helpers/ingress-controller.ts';

const nobody = { services: [], routes: [] };

function nodesOf(upstreams: readonly Upstream[], name: string): readonly string[] {
  const found = upstreams.find((one) => one.name === name);
  return found?.nodes.state === 'Read' ? found.nodes.items.map(({ host, port }) => `${host}:${port}`) : [];
}

/** `name weight/total` of every upstream that gets a part of the requests. */
const sharesIn = (upstreams: readonly Upstream[]) =>
  upstreams.flatMap(({ name, shares = [] }) =>
    shares.map(({ weight, total }) => `${name} ${weight}/${total}`),
  );

describe('what controller 1.8.4 wrote', () => {
  const shapes = {
    default_httpbin_80: 'default/httpbin:80',
    default_httpbin_v1_80: 'default/httpbin:80 v1',
    default_httpbin_v2_80: 'default/httpbin:80 v2',
    default_httpbin_80_service: 'default/httpbin:80 by ClusterIP',
    default_headless_80: 'default/headless:80',
    default_headless_80_service: 'default/headless:80 by ClusterIP',
    default_multi_80: 'default/multi:80',
    default_multi_9000: 'default/multi:9000',
    default_dual_80: 'default/dual:80',
    default_pubnotready_80: 'default/pubnotready:80',
    default_notready_80: 'default/notready:80',
    default_manual_80: 'default/manual:80',
  };
  const known = knownIn(applied('v1.8.4/manifests.yaml', 'v1.8.4/shapes.yaml'));

  const recordings = {
    endpoints: '10-shapes-endpoints-mode.store.json',
    slices: '10-shapes-endpointslice-mode.store.json',
  };

  test.each(Object.values(recordings))('by %s is owned by name, with or without the cluster', (recording) => {
    const items = store(`v1.8.4/${recording}`);
    for (const about of [known, nobody]) {
      const upstreams = upstreamsOf(items, about);
      expect(ownersIn(upstreams)).toEqual(shapes);
      expect(upstreams.filter(({ unseenRouteIn, orphan }) => unseenRouteIn ?? orphan)).toEqual([]);
      expect(upstreams.every(({ id, name }) => id === idOfName(name))).toBe(true);
      expect(sharesIn(upstreams).sort()).toEqual([
        'default_httpbin_v1_80 90/100',
        'default_httpbin_v2_80 10/100',
        'default_multi_80 100/120',
        'default_multi_9000 20/120',
      ]);
    }
  });

  test('from EndpointSlices holds both families of a dual-stack Service, from Endpoints the first', () => {
    const dual = (recording: string) =>
      nodesOf(upstreamsOf(store(`v1.8.4/${recording}`), known), 'default_dual_80');
    expect(dual(recordings.endpoints)).toHaveLength(3);
    expect(dual(recordings.slices)).toHaveLength(6);
  });

  test('is the pods alone with the first PUT, and again after whoever changed it is overruled', () => {
    const puts = (lines: readonly unknown[]) =>
      lines
        .map(asRecord)
        .filter(({ method, url }) => method === 'PUT' && url === '/apisix/admin/upstreams/5ce57b8e')
        .map(({ body }) => itemsIn({ key: '/apisix/upstreams/5ce57b8e', value: body }))
        .map((items) => nodesOf(upstreamsOf(items, known), 'default_httpbin_80'));
    const [first = []] = puts(asArray(recordedJson('v1.8.4/00-first-PUTs-20-pods.json')));
    expect(new Set(first).size).toBe(20);
    const lines = recordedText('v1.8.4/21-drift-repair-60s-resync.requests.jsonl.gz').trim().split('\n');
    const pods = ['10.64.33.166:8080', '10.64.33.180:8080'];
    const others = ['203.0.113.9:1'];
    expect(puts(lines.map((line): unknown => JSON.parse(line)))).toEqual([pods, others, pods, others, pods]);
  });

  test('through an admin API of v2 is the same', () => {
    const upstreams = upstreamsOf(store('v1.8.4/11-shapes-admin-v2.store.json', 'v2'), nobody);
    expect(ownersIn(upstreams)).toMatchObject({ default_multi_80: 'default/multi:80' });
    expect(Object.keys(ownersIn(upstreams))).toHaveLength(6);
    expect(nodesOf(upstreams, 'default_multi_80')).toContain('10.64.15.163:8088');
    expect(upstreams.find(({ name }) => name === 'default_httpbin_80')?.routes).toEqual([
      '4b724a31',
      'be511c75',
    ]);
  });

  test('into the etcd that it serves itself is read there, keys and values in base64', () => {
    const { response } = recordedJson('v1.8.4/12-etcdserver-mode.kv-range.json') as {
      readonly response: { readonly kvs: readonly { readonly key: string; readonly value: unknown }[] };
    };
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const sent = {
      ...response,
      kvs: response.kvs.map(({ key, value }) => ({ key: base64(key), value: base64(JSON.stringify(value)) })),
    };
    const upstreams = upstreamsOf(itemsIn(sent), nobody);
    expect(ownersIn(upstreams)).toMatchObject({
      default_httpbin_80: 'default/httpbin:80',
      default_manual_80: 'default/manual:80',
    });
    expect(upstreams).toHaveLength(6);
    expect(nodesOf(upstreams, 'default_pubnotready_80')).toEqual(['10.64.15.162:8080', '10.99.0.1:8080']);
    expect(upstreamsOf(itemsIn(response), nobody)).toEqual(upstreams);
  });
});

describe('what controller 2.2.0 wrote', () => {
  const layers = applied(
    'v1.8.4/manifests.yaml',
    'v1.8.4/shapes.yaml',
    'v2.2.0/routes22.yaml',
    'v2.2.0/shapes22.yaml',
  );
  const known = knownIn(layers);
  const items = store('v2.2.0/10-shapes.store.json');
  const upstreams = upstreamsOf(items, known);

  test('is owned by the rules of the routes: ApisixRoute, Ingress and HTTPRoute', () => {
    expect(ownersIn(upstreams)).toEqual({
      default_shapes_0: 'default/multi:80',
      default_shapes_0_1: 'default/httpbin:80',
      default_shapes_1: 'default/httpbin:80 v9',
      default_shapes_2: 'default/httpbin:80 by ClusterIP',
      default_shapes_3: 'default/headless:80',
      default_shapes_4: 'default/headless:80 by ClusterIP',
      default_shapes_5: 'default/dual:80',
      default_shapes_7: 'default/extname:80',
      default_shapes_8: 'default/notready:80',
      default_shapes_9: 'default/pubnotready:80',
      default_shapes_10: 'default/manual:80',
      'default_ing_0-0': 'default/multi:80',
      'default_ing_0-1': 'default/httpbin:80',
      default_hr_0: 'default/httpbin:80',
      default_hr_1: 'default/multi:80',
      Service_default_headless_80: 'default/headless:80',
    });
  });

  test('gives the backends of an HTTPRoute and of an ApisixRoute their weights', () => {
    expect(sharesIn(upstreams).sort()).toEqual([
      'Service_default_headless_80 1/4',
      'default_hr_0 3/4',
      'default_shapes_0 100/120',
      'default_shapes_0_1 20/120',
    ]);
  });

  test('under one id for two routes displaces the first of them', () => {
    const by = { kind: 'HTTPRoute', namespace: 'default', name: 'httpbin' };
    const displaced = upstreams.flatMap((one) => one.displaced ?? []);
    expect(displaced).toEqual([
      {
        route: { ...by, kind: 'ApisixRoute' },
        by,
        service: { namespace: 'default', name: 'httpbin', port: 80, granularity: 'endpoint' },
      },
    ]);
  });

  test('leads to no Service without the routes, and says in whose namespace they are', () => {
    const alone = upstreamsOf(items, { ...known, routes: [] });
    expect(ownersIn(alone)).toEqual({ Service_default_headless_80: 'default/headless:80' });
    expect(alone.filter(({ unseenRouteIn }) => unseenRouteIn === 'default')).toHaveLength(17);
  });

  test('beside what an older ADC left inside the service is in its shadow', () => {
    const shadowed = upstreamsOf(store('v2.2.0/06-adc-inline-upstream-migration-bug.json'), known);
    expect(
      shadowed.map(({ inline, shadows, orphan, service }) => ({
        inline,
        shadows,
        orphan,
        name: service?.name,
      })),
    ).toEqual([
      { inline: undefined, shadows: undefined, orphan: 'Unreferenced', name: undefined },
      {
        inline: { kind: 'Service', id: '57a0729f' },
        shadows: '57a0729f',
        orphan: undefined,
        name: 'httpbin',
      },
    ]);
  });

  test('first, by PUTs to an admin API and in the document of a standalone APISIX, is read alike', () => {
    const puts = asArray(recordedJson('v2.2.0/00-first-PUTs-etcd-backend.json')).map(asRecord);
    const sent = puts.map(({ url, body }) => ({ key: asText(url).replace('/admin', ''), value: body }));
    const ofPuts = upstreamsOf(itemsIn({ total: sent.length, list: sent }), known);
    const requests = asArray(recordedJson('v2.2.0/00-first-requests-standalone-backend.json')).map(asRecord);
    const document = requests.find(({ method }) => method === 'PUT')?.['body'];
    const ofDocument = upstreamsOf(itemsIn(document), known);
    expect(ownersIn(ofPuts)).toEqual({ default_httpbin_0: 'default/httpbin:80' });
    expect(ownersIn(ofDocument)).toEqual({ 'default_httpbin-sa_0': 'default/httpbin:80' });
    expect(nodesOf(ofDocument, 'default_httpbin-sa_0')).toEqual(nodesOf(ofPuts, 'default_httpbin_0'));
  });
});

describe('of an APISIX service with an inline upstream and upstream_id, the requests go by', () => {
  const route = (kind: 'TCPRoute' | 'HTTPRoute') => ({
    kind,
    namespace: 'shop',
    name: 'web',
    uid: '',
    resourceVersion: '',
    rules: [{ name: '', backends: [{ serviceName: 'web', servicePort: 80 }] }],
  });
  const effective = (kind: 'TCPRoute' | 'HTTPRoute', name: string) => {
    const labels = { 'k8s/kind': kind, 'k8s/namespace': 'shop', 'k8s/name': 'web' };
    const value = { name, labels, upstream_id: 'u', upstream: { nodes: [] } };
    const items = [
      { resource: 'upstreams', id: 'u', value: { nodes: [] } },
      { resource: 'services', id: idOfName(name), value },
    ];
    return upstreamsOf(items, { services: [], routes: [route(kind)] })
      .filter(({ service }) => service)
      .map(({ inline }) => (inline ? 'the inline upstream' : 'upstream_id'));
  };

  test('upstream_id over HTTP', () => {
    expect(effective('HTTPRoute', 'shop_web_0')).toEqual(['upstream_id']);
  });

  test('the inline upstream over TCP', () => {
    expect(effective('TCPRoute', 'shop_web_0_TCP')).toEqual(['the inline upstream']);
  });
});
