import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asRecord, type UnknownRecord } from '../../../source/core/door.ts';
import type { ServiceReport, ServiceReportList } from '../../../source/core/report.ts';
import { startControlPlane, type ControlPlane } from '../control-plane.ts';
import { codes, eps } from '../eps.ts';
import { httpbin } from '../httpbin.ts';
import { freePort } from '../plane/ports.ts';
import { startGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { installCrds } from './ingress-controller.ts';

const shapes = new URL('../../fixtures/ingress-controller/v1.8.4/shapes.yaml', import.meta.url);

/** Every Service of the shapes; `extname` has no upstream of its own in controller 1.x. */
const names = ['httpbin', 'multi', 'headless', 'dual', 'pubnotready', 'notready', 'manual'];

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane({ dualStack: true });
  await plane.output(['wait', '--for=create', 'serviceaccount/default']);
  await installCrds(plane);
  await applyShapes();
});
afterAll(() => plane.stop());

/** Pods are scheduled here, not placed on the node of the recorded cluster. */
function unplaced(object: UnknownRecord): UnknownRecord {
  if (object['kind'] !== 'Pod') return object;
  return { ...object, spec: { ...asRecord(object['spec']), nodeName: undefined } };
}

/** The shapes, three pods of httpbin with the labels that they select by, and `nr-1` not ready. */
async function applyShapes(): Promise<void> {
  const [deployment, service] = httpbin({
    namespace: 'default',
    replicas: 3,
    service: { selector: { app: 'httpbin' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  });
  const labels = { app: 'httpbin', version: 'v1' };
  const { spec, ...rest } = asRecord(deployment);
  const { template, ...others } = asRecord(spec);
  const labelled = {
    ...rest,
    spec: {
      ...others,
      selector: { matchLabels: labels },
      template: { ...asRecord(template), metadata: { labels } },
    },
  };
  const objects = loadAll(readFileSync(shapes, 'utf8')).map((object) => unplaced(asRecord(object)));
  await plane.apply([labelled, asRecord(service), ...objects]);
  await plane.output(['rollout', 'status', 'deployment/httpbin-deployment', '--timeout=1m']);
  await plane.output(['wait', '--for=condition=Ready', 'pod/nr-1', 'pod/nr-2', '--timeout=1m']);
  const status = JSON.stringify({ status: { conditions: [{ type: 'Ready', status: 'False' }] } });
  await plane.output(['patch', 'pod', 'nr-1', '--subresource=status', '-p', status]);
}

async function verdicts(args: readonly string[]): Promise<Readonly<Record<string, ServiceReport>>> {
  const extraEnv = { KUBECONFIG: plane.kubeconfig };
  const { stdout, stderr } = await eps(['diff', ...args, '-o', 'json'], { extraEnv });
  if (stdout === '') throw new Error(stderr);
  const { items } = JSON.parse(stdout) as ServiceReportList;
  return Object.fromEntries(items.map((report) => [report.metadata.name, report]));
}

/** The status, and what makes it drift. */
const brief = (reports: Readonly<Record<string, ServiceReport>>) =>
  Object.fromEntries(
    Object.entries(reports).map(([name, { status, findings }]) => {
      const drift = findings.filter(({ severity }) => severity !== 'Info').map(({ code }) => code);
      return [name, [status, ...drift].join(' ')];
    }),
  );

const right = {
  httpbin: 'Synced',
  multi: 'Synced',
  headless: 'Drift HeadlessNoneNode',
  dual: 'Synced',
  pubnotready: 'Synced',
  notready: 'Synced',
  manual: 'Synced',
};
const ingress_class = 'apisix-and-all';
const slices = { ingress_class, watch_endpoint_slices: true };
const inPod = ['--apisix-pod'];
const etcd = `127.0.0.1:${await freePort()}`;
const etcdserver = { enabled: true, prefix: '/apisix', listen_address: etcd };

describe.each<[string, GatewayOptions, readonly string[], Partial<typeof right>]>([
  ['reads Endpoints', { kubernetes: { ingress_class } }, inPod, {}],
  ['reads EndpointSlices', { kubernetes: slices, adminVersion: 'v2' }, inPod, {}],
  [
    'reads EndpointSlices, and finds its IPv6 nodes refused for want of brackets',
    { kubernetes: slices, adminVersion: 'v3' },
    inPod,
    { dual: 'Drift UpstreamNotFound' },
  ],
  [
    'reads EndpointSlices and plays etcd',
    { kubernetes: slices, etcdserver },
    [`--apisix-url=http://${etcd}`],
    {},
  ],
])('the shapes, with the real ingress controller that %s', (_, options, flags, otherwise) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway(plane, options);
  });
  afterAll(() => gateway.stop());

  test('get the right verdicts, with their legal differences named', async () => {
    const reading = () => verdicts([...names, ...flags]);
    await expect
      .poll(async () => brief(await reading()), { timeout: 60_000, interval: 500 })
      .toEqual({ ...right, ...otherwise });
    const reports = await reading();
    const found = (name: string) => (reports[name] ? codes(reports[name]) : []);
    expect(found('httpbin')).toEqual(expect.arrayContaining(['SubsetUpstream', 'UpstreamByClusterIP']));
    expect(found('pubnotready')).toContain('PublishesNotReady');
    expect(found('manual')).toContain('ServiceHasNoSelector');
    expect(found('notready')).toContain('PodNotReady');
  });

  test('are all in the list of upstreams, the shared ones with their weights', async () => {
    const extraEnv = { KUBECONFIG: plane.kubeconfig };
    const { stdout } = await eps(['upstream', ...flags], { extraEnv });
    expect(stdout).toMatch(/default_multi_9000 +default\/multi:9000 +3 +20\/120 +Controller/);
    const listed = await eps(['upstream', ...flags, '-o', 'name'], { extraEnv });
    const missing = Object.keys(otherwise).length;
    expect(listed.stdout.trim().split('\n')).toHaveLength(13 - missing);
  });

  test.runIf(flags === inPod)(
    'cost one request by id for each port, and no list (skipped without an APISIX that counts them)',
    async () => {
      const { asked } = gateway;
      const before = asked().length;
      await verdicts(['multi', 'pubnotready', ...flags]);
      const ids = ['multi_80', 'multi_9000', 'pubnotready_80'].map((name) =>
        crc32(`default_${name}`).toString(16),
      );
      expect(asked().slice(before).sort()).toEqual(ids.map((id) => `/apisix/admin/upstreams/${id}`).sort());
    },
  );
});
