import { beforeEach, expect, test } from 'vitest';
import { itemsOf, type Upstream } from '../../../source/core/snapshot.ts';
import { isRefused } from '../../../source/gateways/apisix/failure.ts';
import { adminKey, apisixPods, id, upstreamOf } from '../../helpers/apisix-pods.ts';
import { listOf } from '../../helpers/kube-api.ts';
import { at } from '../../helpers/judging.ts';
import { ips } from '../../helpers/snapshot.ts';

let answers: Record<string, unknown>;
beforeEach(() => {
  answers = {};
});

/** Two APISIX, of which each namespace has one. */
async function two() {
  const gateways = apisixPods(answers);
  await gateways.pod('a');
  await gateways.pod('b', ips(1, 2), 'edge');
  return gateways;
}

async function namesOf(gateways: Awaited<ReturnType<typeof two>>): Promise<readonly string[]> {
  const opened = await gateways.open({ allReplicas: false });
  return opened.state === 'Open' ? opened.gateways.map(({ name }) => name).toSorted() : [];
}

const object = (namespace: string, name: string, spec: object) => ({ metadata: { namespace, name }, spec });
const adminService = (namespace: string) =>
  listOf(object(namespace, 'admin', { selector: { 'app.kubernetes.io/instance': 'apisix' } }));
const proxy = (namespace: string, controlPlane: object) =>
  object(namespace, 'proxy', { provider: { controlPlane } });

/** What controller 2.x is told. */
function installSecond(): void {
  answers['/api/v1/namespaces/gw/services'] = adminService('gw');
  answers['/api/v1/namespaces/edge/services'] = adminService('edge');
  answers['/apis/apisix.apache.org/v1alpha1/gatewayproxies'] = listOf(
    proxy('gw', { service: { name: 'admin', port: 9180 } }),
    proxy('edge', { endpoints: ['http://admin.edge.svc.cluster.local:9180'] }),
  );
  answers['/apis/networking.k8s.io/v1/ingressclasses'] = listOf({
    metadata: { name: 'inner' },
    spec: { parameters: { kind: 'GatewayProxy', namespace: 'gw', name: 'proxy' } },
  });
  answers['/apis/gateway.networking.k8s.io/v1/gateways'] = listOf(
    object('edge', 'web', {
      gatewayClassName: 'outer',
      infrastructure: { parametersRef: { kind: 'GatewayProxy', name: 'proxy' } },
    }),
  );
}

test('gateways have the names of their namespaces where nothing tells of a class', async () => {
  expect(await namesOf(await two())).toEqual(['edge', 'gw']);
});

test('gateways have the names of the IngressClass and the GatewayClass that lead to them', async () => {
  installSecond();
  expect(await namesOf(await two())).toEqual(['inner', 'outer']);
});

test('a class that leads to both gateways names none of them', async () => {
  installSecond();
  const toBoth = ['gw', 'edge'].map((namespace) => ({
    metadata: { name: 'shared' },
    spec: { parameters: { kind: 'GatewayProxy', namespace, name: 'proxy' } },
  }));
  answers['/apis/networking.k8s.io/v1/ingressclasses'] = listOf(...toBoth);
  answers['/apis/gateway.networking.k8s.io/v1/gateways'] = 403;
  expect(await namesOf(await two())).toEqual(['edge', 'gw']);
});

test('an only gateway is not asked for its name', async () => {
  installSecond();
  const gateways = apisixPods(answers);
  await gateways.pod('a');
  expect(await namesOf(gateways)).toEqual(['apisix']);
});

test('both gateways are read, and what is wrong in one is told of that one', async () => {
  installSecond();
  const gateways = await two();
  const report = await gateways.report({ allReplicas: false });
  expect(report.findings).toMatchObject([
    { code: 'MissingFromUpstream', gateway: 'outer', addresses: at(3) },
  ]);
  expect(report.gateways?.map(({ name }) => name).toSorted()).toEqual(['inner', 'outer']);
  expect([...gateways.doubles.values()].map(({ requests }) => requests.map(({ path }) => path))).toEqual([
    [`/apisix/admin/upstreams/${id}`],
    [`/apisix/admin/upstreams/${id}`],
  ]);
});

test('a gateway that refuses its key leaves the other one readable', async () => {
  const gateways = await two();
  gateways.doubles.get('edge/b')?.fail('wrong-key');
  const told = await gateways.readAll({ allReplicas: false });
  expect(itemsOf<Upstream>(told.upstreams)).toMatchObject([{ gateway: 'gw', name: upstreamOf([]).name }]);
  expect(told.gateways).toEqual(
    [
      { name: 'gw', source: 'pod gw/a' },
      { name: 'edge', source: 'pod edge/b', reason: 'the APISIX admin API refused the key (401)' },
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
  expect(JSON.stringify([told, gateways.notices])).not.toContain(adminKey);
});

test('a data plane, which has no admin API, is left out beside a gateway that was read, and said to be', async () => {
  const gateways = apisixPods(answers);
  await gateways.pod('a');
  await gateways.dataPlane('b', 'edge');
  const report = await gateways.report({ allReplicas: false });
  expect(report).toMatchObject({ status: 'Synced', findings: [] });
  const said = gateways.notices.filter((text) => text.includes('left out'));
  expect(said).toEqual([
    'pod edge/b refuses the port of its admin API, as a data plane does: gateway edge is left out; --all-replicas reads what it uses, and --apisix-pod names a pod to read',
  ]);
});

test('a data plane alone is Unread, and so is one beside a gateway that could not be read', async () => {
  const gateways = apisixPods(answers);
  await gateways.dataPlane('b', 'edge');
  expect(await gateways.report({ allReplicas: false })).toMatchObject({ status: 'Unknown' });
  (await gateways.pod('a')).fail('wrong-key');
  const told = await gateways.readAll({ allReplicas: false });
  expect(told.upstreams).toMatchObject({ state: 'Unread' });
  expect(told.gateways).toHaveLength(2);
  expect(gateways.notices.join('\n')).not.toContain('left out');
});

test('a gateway that refuses its key is no data plane: what it may hold stays unknown', async () => {
  const gateways = await two();
  gateways.doubles.get('edge/b')?.fail('wrong-key');
  expect(await gateways.report({ allReplicas: false })).toMatchObject({ status: 'Unknown' });
  expect(gateways.notices.join('\n')).not.toContain('left out');
});

test.each([
  'cannot read the APISIX admin API at pod gw/a: connection refused',
  'dial tcp4 127.0.0.1:9180: connect: connection refused',
  'curl: (7) Failed to connect to 127.0.0.1 port 9180: Connection refused',
  "curl: (7) Failed to connect to 127.0.0.1 port 9180 after 0 ms: Couldn't connect to server",
  'failed: Connection refused.',
])('nobody listens: %s', (reason) => {
  expect(isRefused(reason)).toBe(true);
});

test.each(['the APISIX admin API did not answer within 5s', 'the APISIX admin API refused the key (401)'])(
  'somebody listens, or may: %s',
  (reason) => {
    expect(isRefused(reason)).toBe(false);
  },
);
