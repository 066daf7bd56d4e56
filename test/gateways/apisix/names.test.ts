import { beforeEach, expect, test } from 'vitest';
import { itemsOf, type Upstream } from '../../../source/core/snapshot.ts';
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
