import { beforeEach, describe, expect, test } from 'vitest';
import type { LayerSummary, ServiceReport } from '../../../source/core/report.ts';
import { itemsOf, type Replica } from '../../../source/core/snapshot.ts';
import { idOfName } from '../../../source/gateways/apisix/name.ts';
import { adminKey, apisixPods, id, upstreamOf, type ApisixPods } from '../../helpers/apisix-pods.ts';
import type { Apisix } from '../../helpers/apisix/server.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { secrets } from '../../helpers/secrets.ts';
import { ips, service } from '../../helpers/snapshot.ts';

let gateway: ApisixPods;
beforeEach(() => {
  gateway = apisixPods();
});

const layerOf = ({ replicas = [] }: ServiceReport, name: string, layer: LayerSummary['name']) =>
  replicas.find((one) => one.name === `gw/${name}`)?.layers.find((one) => one.name === layer);

/** `/upstreams/ID` and `/v1/upstream/ID`, in the order in which they came. */
const asked = (apisix: Apisix | undefined) =>
  (apisix?.requests ?? []).map(({ path }) => path.replace('/apisix/admin', ''));

describe('of five pods one is behind, one refuses the key, one hangs, one answers with HTML', () => {
  const timeoutMs = 1_000;
  beforeEach(async () => {
    gateway = apisixPods({}, timeoutMs);
    await gateway.pod('right');
    await gateway.pod('behind', ips(1, 9));
    (await gateway.pod('refusing')).fail('wrong-key');
    (await gateway.pod('hanging')).fail('frozen');
    (await gateway.pod('html')).fail('html');
  });

  test('the one that is behind is told, and stands first', async () => {
    const told = await gateway.report();
    expect(told).toMatchObject({ status: 'Drift' });
    expect(told.findings).toMatchObject([
      { code: 'ReplicaSplit', gateway: 'apisix', replica: 'gw/behind', addresses: at(2, 3, 9) },
    ]);
    expect(told.replicas?.[0]).toMatchObject({ name: 'gw/behind', outlier: true });
    expect(layerOf(told, 'right', 'Upstream')).toMatchObject({ state: 'Read', addresses: 3 });
    expect(layerOf(told, 'behind', 'Upstream')).toMatchObject({ state: 'Read', addresses: 2 });
  });

  test('what could not be read is Unread for its own reason', async () => {
    const told = await gateway.report();
    const refused = 'the APISIX admin API refused the key (401)';
    expect(layerOf(told, 'refusing', 'Upstream')).toMatchObject({ state: 'Unread', reason: refused });
    expect(layerOf(told, 'refusing', 'Runtime')).toMatchObject({ state: 'Read', addresses: 3 });
    const late = 'the APISIX control API did not answer within 1s';
    expect(layerOf(told, 'hanging', 'Runtime')).toMatchObject({ state: 'Unread', reason: late });
    const html = 'the APISIX control API answered with HTML, not JSON (200): is pod gw/html the control API?';
    expect(layerOf(told, 'html', 'Runtime')).toMatchObject({ state: 'Unread', reason: html });
    const runtime = told.layers.find(({ name }) => name === 'Runtime');
    expect(runtime).toMatchObject({ state: 'Read', objects: 3 });
    expect(runtime?.reason).toBe(`gw/hanging: ${late}; gw/html: ${html}`);
  });

  test('it takes no longer than three times what one answer may take', async () => {
    const begun = performance.now();
    await gateway.report();
    expect(performance.now() - begun).toBeLessThan(3 * timeoutMs);
  });

  test('nothing that is read, judged or said holds a key or a token', async () => {
    const told = await gateway.readAll();
    const judged = reportOf({ ...agreed, ...told });
    const everything = JSON.stringify([told, judged, gateway.notices]);
    expect(everything).toContain('refused the key');
    expect(everything).not.toMatch(new RegExp(`${adminKey}|${secrets.recordedToken}`));
  });

  test('the pod that hangs is asked once for each of its APIs', async () => {
    await gateway.report();
    expect(asked(gateway.doubles.get('gw/hanging'))).toEqual([`/upstreams/${id}`, `/v1/upstream/${id}`]);
  });

  test('read again, what was Unread stays so at no cost, and what was told is asked for anew', async () => {
    const first = await gateway.readAll();
    const right = gateway.doubles.get('gw/right');
    const before = asked(right);
    right?.put('upstreams', id, upstreamOf(ips(1, 2)));
    const told = reportOf({ ...agreed, ...(await gateway.readAgain(first)), gatewayGiven: true });
    expect(asked(gateway.doubles.get('gw/hanging'))).toEqual([`/upstreams/${id}`, `/v1/upstream/${id}`]);
    expect(layerOf(told, 'hanging', 'Upstream')).toMatchObject({ state: 'Unread' });
    expect(asked(right)).toEqual([...before, ...before]);
    expect(layerOf(told, 'right', 'Upstream')).toMatchObject({ state: 'Read', addresses: 2 });
  });
});

describe('pods that agree', () => {
  test('are asked again for whatever is picked of what they had, beside a Service that may get something', async () => {
    const apisix = await gateway.pod('a');
    const opened = await gateway.open();
    if (opened.state !== 'Open') throw new Error(opened.state);
    const known = { services: [service({ name: 'other' })], routes: [] };
    const [only] = opened.gateways;
    const told = await only?.again({ known, had: [{ id }], pick: (upstreams) => upstreams });
    const [replica] = told ? itemsOf(told.replicas) : [];
    expect(replica && itemsOf(replica.runtime).map((one) => one.id)).toEqual([id]);
    const other = ['shop_other_80', 'shop_other_80_service'].map(idOfName);
    expect(asked(apisix)).toEqual([
      ...[...other, id].map((one) => `/upstreams/${one}`),
      ...[id, id].map((one) => `/v1/upstream/${one}`),
    ]);
  });

  test('cost one admin request and two control requests each, by id alone', async () => {
    await gateway.pod('a');
    await gateway.pod('b');
    const told = await gateway.report();
    expect(told).toMatchObject({ status: 'Synced', findings: [] });
    expect(layerOf(told, 'a', 'Runtime')?.source).toMatch(
      /asked 2 times or more: each answer is one worker's$/,
    );
    const byId = [`/upstreams/${id}`, `/v1/upstream/${id}`, `/v1/upstream/${id}`];
    expect([...gateway.doubles.values()].map(asked)).toEqual([byId, byId]);
    expect(gateway.notices).toEqual(['reading APISIX through pods gw/a, gw/b (key from APISIX_ADMIN_KEY)']);
  });

  test('are asked one request after the other', async () => {
    const apisix = await gateway.pod('a');
    apisix.fail({ slow: 40 });
    await gateway.report();
    const times = apisix.requests.map(({ time }) => time);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(35);
  });
});

test('a pod whose workers lag behind its configuration is DataPlaneBehind', async () => {
  await gateway.pod('a');
  const lagging = await gateway.pod('b', ips(1, 2));
  lagging.freezeWorkers();
  lagging.put('upstreams', id, upstreamOf(ips(1, 2, 3)));
  expect((await gateway.report()).findings).toMatchObject([
    { code: 'DataPlaneBehind', replica: 'gw/b', addresses: at(3) },
  ]);
});

test('a health checker that goes on with an address that is gone is a HealthCheckGhost', async () => {
  const apisix = await gateway.pod('a');
  const checks = { active: { http_path: '/' } };
  apisix.put('upstreams', id, { ...upstreamOf(ips(1, 2, 3)), checks });
  const counter = { success: 0, http_failure: 0, tcp_failure: 2, timeout_failure: 0 };
  const nodes = [...ips(1, 9)].map((ip) => ({ ip, port: 8080, status: 'unhealthy' as const, counter }));
  apisix.setCheckers([{ resource: 'upstreams', id, nodes }]);
  const told = await gateway.report();
  expect(told.findings).toMatchObject([{ code: 'HealthCheckGhost', replica: 'gw/a', addresses: at(9) }]);
  expect(told.layers.at(-1)).toMatchObject({ name: 'HealthCheck', state: 'Read', addresses: 2, healthy: 0 });
});

test('health checks that have not begun are Unread, not empty', async () => {
  const apisix = await gateway.pod('a');
  apisix.put('upstreams', id, { ...upstreamOf(ips(1, 2, 3)), checks: { active: { http_path: '/' } } });
  apisix.setCheckers([{ resource: 'upstreams', id, nodes: [] }]);
  const told = await gateway.report();
  expect(told.status).toBe('Synced');
  expect(layerOf(told, 'a', 'HealthCheck')?.reason).toMatch(/have not begun/);
});

describe('a pod that lacks the upstream', () => {
  test('and has routes is behind', async () => {
    await gateway.pod('a');
    (await gateway.pod('b')).delete('upstreams', id);
    expect((await gateway.report()).findings).toMatchObject([{ code: 'ReplicaSplit', replica: 'gw/b' }]);
    expect(asked(gateway.doubles.get('gw/b')).filter((path) => path === '/v1/routes')).toHaveLength(1);
    expect(gateway.notices.join('\n')).toMatch(/pod gw\/b lacks an upstream: listing its routes, once/);
  });

  test('and has nothing at all may have started without etcd, and is Unread', async () => {
    await gateway.pod('a');
    const empty = await gateway.pod('b');
    empty.delete('upstreams', id);
    empty.delete('routes', 'r');
    const told = await gateway.report();
    expect(told).toMatchObject({ status: 'Unknown', findings: [] });
    expect(layerOf(told, 'b', 'Runtime')?.reason).toBe(
      'the APISIX control API told nothing (200): the pod may have started without its configuration',
    );
  });
});

describe('pods of several gateways', () => {
  beforeEach(async () => {
    await gateway.pod('a');
    await gateway.pod('b');
    await gateway.pod('c', ips(1, 2), 'edge');
  });

  test('are judged each gateway by itself, under its own name', async () => {
    const { replicas = [], findings } = await gateway.report();
    expect(replicas.map(({ name, gateway }) => [name, gateway])).toEqual([
      ['edge/c', 'edge'],
      ['gw/a', 'gw'],
      ['gw/b', 'gw'],
    ]);
    expect(findings).toMatchObject([{ code: 'MissingFromUpstream', gateway: 'edge', addresses: at(3) }]);
  });

  test('are those of one gateway when a pod of it is named', async () => {
    const { replicas, gateways } = await gateway.readAll({ pod: { namespace: 'gw', name: 'b' } });
    expect(itemsOf<Replica>(replicas)).toMatchObject([
      { gateway: 'apisix', name: 'gw/b' },
      { gateway: 'apisix', name: 'gw/a' },
    ]);
    expect(gateways).toBeUndefined();
  });
});

test('the versions of APISIX, of its controller and of ADC are told by their images', async () => {
  await gateway.pod('a');
  expect(await gateway.open()).toMatchObject({
    gateways: [{ versions: { apisix: '3.18.0', 'apisix-ingress-controller': '2.2.0', adc: '0.27.1' } }],
  });
});

test('a URL cannot tell its pods apart', async () => {
  expect(await gateway.open({ url: 'http://127.0.0.1:9180' })).toMatchObject({ state: 'Unread' });
});
