import { connect } from 'node:net';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { lookUpById } from '../../../source/gateways/apisix/look-up.ts';
import { idOfName } from '../../../source/gateways/apisix/name.ts';
import { openReplicas, readReplicas, type AllReplicas } from '../../../source/gateways/apisix/replicas.ts';
import type { GatewayOptions } from '../../../source/gateways/apisix/open.ts';
import type { Known } from '../../../source/gateways/apisix/effective/known.ts';
import type { LayerSummary, ServiceReport } from '../../../source/core/report.ts';
import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { fakeKube, listOf, podObject } from '../../helpers/kube-api.ts';
import { ips, service } from '../../helpers/snapshot.ts';

const adminKey = 'a-key-of-the-tests';
const timeoutMs = 300;
const known: Known = { services: [service()], routes: [] };
const id = idOfName('shop_web_80');
const everywhere = '/api/v1/pods?labelSelector=app.kubernetes.io/name=apisix';

const controllers =
  '/api/v1/pods?labelSelector=app.kubernetes.io/name+in+(apisix-ingress-controller,ingress-controller)';

let doubles: Map<string, Apisix>;
let notices: string[];
beforeEach(() => {
  doubles = new Map();
  notices = [];
});

const upstreamOf = (hosts: readonly string[]) => ({
  id,
  name: 'shop_web_80',
  type: 'roundrobin',
  nodes: hosts.map((host) => ({ host, port: 8080, weight: 100 })),
});

/** A pod `gw/NAME` that holds these nodes for shop/web. */
async function pod(name: string, hosts: readonly string[] = ips(1, 2, 3), namespace = 'gw'): Promise<Apisix> {
  const apisix = await startApisix({ flavour: 'v3', adminKey });
  onTestFinished(apisix.close);
  apisix.put('upstreams', id, upstreamOf(hosts));
  apisix.put('routes', 'r', { uri: '/', upstream_id: id });
  doubles.set(`${namespace}/${name}`, apisix);
  return apisix;
}

async function open(options: Partial<GatewayOptions> = {}) {
  const pods = [...doubles.keys()].map((place) => podObject(place, { instance: 'apisix' }));
  const images = ['apache/apisix-ingress-controller:2.2.0', 'ghcr.io/api7/adc:0.27.1'].map((image) => ({
    image,
  }));
  const answers = Object.fromEntries(
    pods.map((one, index) => [
      `/api/v1/namespaces/${[...doubles.keys()][index]?.replace('/', '/pods/') ?? ''}`,
      one,
    ]),
  );
  const opened = await openReplicas(
    { namespace: 'shop', timeoutMs, ...options },
    {
      kube: fakeKube({
        ...answers,
        [everywhere]: listOf(...pods),
        [controllers]: listOf({ spec: { containers: images } }),
      }),
      env: { APISIX_ADMIN_KEY: adminKey },
      readFile: () => Promise.reject(new Error('no file')),
      exec: () => Promise.reject(new Error('nothing is run')),
      notice: (text) => notices.push(text),
      dial: ({ namespace, name }, port) => {
        const { adminPort = 0, controlPort = 0 } = doubles.get(`${namespace}/${name}`) ?? {};
        return Promise.resolve(connect(port === 9180 ? adminPort : controlPort, '127.0.0.1'));
      },
    },
  );
  if (opened.state === 'Open') onTestFinished(opened.close);
  return opened;
}

async function readAll(): Promise<AllReplicas> {
  const notice = (text: string) => notices.push(text);
  return readReplicas(await open(), {
    everything: false,
    lookUpIn: (gateway) => lookUpById(gateway, { isGiven: true, notice }),
    notice,
  })(known);
}

const report = async () => reportOf({ ...agreed, ...(await readAll()), gatewayGiven: true });

const layerOf = ({ replicas = [] }: ServiceReport, name: string, layer: LayerSummary['name']) =>
  replicas.find((one) => one.name === `gw/${name}`)?.layers.find((one) => one.name === layer);

/** `/upstreams/ID` and `/v1/upstream/ID`, in the order in which they came. */
const asked = (apisix: Apisix | undefined) =>
  (apisix?.requests ?? []).map(({ path }) => path.replace('/apisix/admin', ''));

describe('of five pods one is behind, one refuses the key, one hangs, one answers with HTML', () => {
  beforeEach(async () => {
    await pod('right');
    await pod('behind', ips(1, 9));
    (await pod('refusing')).fail('wrong-key');
    (await pod('hanging')).fail('frozen');
    (await pod('html')).fail('html');
  });

  test('the one that is behind is told, and stands first', async () => {
    const told = await report();
    expect(told).toMatchObject({ status: 'Drift' });
    expect(told.findings).toMatchObject([
      { code: 'ReplicaSplit', gateway: 'apisix', replica: 'gw/behind', addresses: at(2, 3, 9) },
    ]);
    expect(told.replicas?.[0]).toMatchObject({ name: 'gw/behind', outlier: true });
    expect(layerOf(told, 'right', 'Upstream')).toMatchObject({ state: 'Read', addresses: 3 });
    expect(layerOf(told, 'behind', 'Upstream')).toMatchObject({ state: 'Read', addresses: 2 });
  });

  test('what could not be read is Unread for its own reason', async () => {
    const told = await report();
    const refused = 'the APISIX admin API refused the key (401)';
    expect(layerOf(told, 'refusing', 'Upstream')).toMatchObject({ state: 'Unread', reason: refused });
    expect(layerOf(told, 'refusing', 'Runtime')).toMatchObject({ state: 'Read', addresses: 3 });
    const late = 'the APISIX control API did not answer within 0.3s';
    expect(layerOf(told, 'hanging', 'Runtime')).toMatchObject({ state: 'Unread', reason: late });
    const html = 'the APISIX control API answered with HTML, not JSON (200): is pod gw/html the control API?';
    expect(layerOf(told, 'html', 'Runtime')).toMatchObject({ state: 'Unread', reason: html });
    const runtime = told.layers.find(({ name }) => name === 'Runtime');
    expect(runtime).toMatchObject({ state: 'Read', objects: 3 });
    expect(runtime?.reason).toBe(`gw/hanging: ${late}; gw/html: ${html}`);
  });

  test('it takes no longer than three times what one answer may take', async () => {
    const begun = performance.now();
    await report();
    expect(performance.now() - begun).toBeLessThan(3 * timeoutMs);
  });

  test('nothing that is read, judged or said holds a key or a token', async () => {
    const told = await readAll();
    const judged = reportOf({ ...agreed, ...told });
    const everything = JSON.stringify([told, judged, notices]);
    expect(everything).toContain('refused the key');
    expect(everything).not.toMatch(new RegExp(`${adminKey}|lab-k8s-token`));
  });

  test('the pod that hangs is asked once for each of its APIs', async () => {
    await report();
    expect(asked(doubles.get('gw/hanging'))).toEqual([`/upstreams/${id}`, `/v1/upstream/${id}`]);
  });
});

describe('pods that agree', () => {
  test('cost one admin request and two control requests each, by id alone', async () => {
    await pod('a');
    await pod('b');
    const told = await report();
    expect(told).toMatchObject({ status: 'Synced', findings: [] });
    expect(layerOf(told, 'a', 'Runtime')?.source).toMatch(
      /asked 2 times or more: each answer is one worker's$/,
    );
    const byId = [`/upstreams/${id}`, `/v1/upstream/${id}`, `/v1/upstream/${id}`];
    expect([...doubles.values()].map(asked)).toEqual([byId, byId]);
    expect(notices).toEqual(['reading APISIX through pods gw/a, gw/b (key from APISIX_ADMIN_KEY)']);
  });

  test('are asked one request after the other', async () => {
    const apisix = await pod('a');
    apisix.fail({ slow: 40 });
    await report();
    const times = apisix.requests.map(({ time }) => time);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(35);
  });
});

test('a pod whose workers lag behind its configuration is DataPlaneBehind', async () => {
  await pod('a');
  const lagging = await pod('b', ips(1, 2));
  lagging.freezeWorkers();
  lagging.put('upstreams', id, upstreamOf(ips(1, 2, 3)));
  expect((await report()).findings).toMatchObject([
    { code: 'DataPlaneBehind', replica: 'gw/b', addresses: at(3) },
  ]);
});

test('a health checker that goes on with an address that is gone is a HealthCheckGhost', async () => {
  const apisix = await pod('a');
  const checks = { active: { http_path: '/' } };
  apisix.put('upstreams', id, { ...upstreamOf(ips(1, 2, 3)), checks });
  const counter = { success: 0, http_failure: 0, tcp_failure: 2, timeout_failure: 0 };
  const nodes = [...ips(1, 9)].map((ip) => ({ ip, port: 8080, status: 'unhealthy' as const, counter }));
  apisix.setCheckers([{ resource: 'upstreams', id, nodes }]);
  const told = await report();
  expect(told.findings).toMatchObject([{ code: 'HealthCheckGhost', replica: 'gw/a', addresses: at(9) }]);
  expect(told.layers.at(-1)).toMatchObject({ name: 'HealthCheck', state: 'Read', addresses: 2, ready: 0 });
});

test('health checks that have not begun are Unread, not empty', async () => {
  const apisix = await pod('a');
  apisix.put('upstreams', id, { ...upstreamOf(ips(1, 2, 3)), checks: { active: { http_path: '/' } } });
  apisix.setCheckers([{ resource: 'upstreams', id, nodes: [] }]);
  const told = await report();
  expect(told.status).toBe('Synced');
  expect(layerOf(told, 'a', 'HealthCheck')?.reason).toMatch(/have not begun/);
});

describe('a pod that lacks the upstream', () => {
  test('and has routes is behind', async () => {
    await pod('a');
    (await pod('b')).delete('upstreams', id);
    expect((await report()).findings).toMatchObject([{ code: 'ReplicaSplit', replica: 'gw/b' }]);
    expect(asked(doubles.get('gw/b')).filter((path) => path === '/v1/routes')).toHaveLength(1);
    expect(notices.join('\n')).toMatch(/pod gw\/b lacks an upstream: listing its routes, once/);
  });

  test('and has nothing at all may have started without etcd, and is Unread', async () => {
    await pod('a');
    const empty = await pod('b');
    empty.delete('upstreams', id);
    empty.delete('routes', 'r');
    const told = await report();
    expect(told).toMatchObject({ status: 'Unknown', findings: [] });
    expect(layerOf(told, 'b', 'Runtime')?.reason).toBe(
      'the APISIX control API told nothing (200): the pod may have started without its configuration',
    );
  });
});

test('nodes that no worker has looked up yet are Unread, after six attempts', async () => {
  const apisix = await pod('a');
  apisix.put('upstreams', id, {
    id,
    name: 'shop_web_80',
    type: 'roundrobin',
    discovery_type: 'kubernetes',
    service_name: 'shop/web:http',
  });
  const told = await report();
  expect(layerOf(told, 'a', 'Runtime')?.reason).toMatch(/no worker that answered has looked the nodes up/);
  expect(asked(apisix).filter((path) => path.startsWith('/v1/'))).toHaveLength(6);
});

describe('pods of several gateways', () => {
  beforeEach(async () => {
    await pod('a');
    await pod('b');
    await pod('c', ips(1, 2), 'edge');
  });

  test('are judged each gateway by itself, under its own name', async () => {
    const { replicas = [], findings } = await report();
    expect(replicas.map(({ name, gateway }) => [name, gateway])).toEqual([
      ['edge/c', 'edge/apisix'],
      ['gw/a', 'gw/apisix'],
      ['gw/b', 'gw/apisix'],
    ]);
    expect(findings).toMatchObject([{ code: 'MissingFromUpstream', addresses: at(3) }]);
  });

  test('are those of one gateway when a pod of it is named', async () => {
    const opened = await open({ pod: { namespace: 'gw', name: 'b' } });
    expect(opened).toMatchObject({
      replicas: [
        { gateway: 'apisix', name: 'gw/b' },
        { gateway: 'apisix', name: 'gw/a' },
      ],
    });
  });
});

test('the versions of APISIX, of its controller and of ADC are told by their images', async () => {
  await pod('a');
  expect(await open()).toMatchObject({
    versions: { apisix: '3.18.0', 'apisix-ingress-controller': '2.2.0', adc: '0.27.1' },
  });
});

test('a URL cannot tell its pods apart', async () => {
  expect(await open({ url: 'http://127.0.0.1:9180' })).toMatchObject({ state: 'Unread' });
});
