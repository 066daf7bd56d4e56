import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asRecord, type UnknownRecord } from '../../../source/core/door.ts';
import type { ServiceReport, ServiceReportList } from '../../../source/core/report.ts';
import { startControlPlane, type ControlPlane } from '../control-plane.ts';
import { codes, eps } from '../eps.ts';
import { httpbin } from '../httpbin.ts';
import { eventually } from '../wait.ts';
import { startGateway, type Gateway } from './gateway.ts';

const shapes = new URL('../../fixtures/ingress-controller/v1.8.4/shapes.yaml', import.meta.url);

/** Every Service of the shapes; `extname` has no upstream of its own in controller 1.x. */
const names = ['httpbin', 'multi', 'headless', 'dual', 'pubnotready', 'notready', 'manual'];

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane({ dualStack: true });
  await plane.output(['wait', '--for=create', 'serviceaccount/default']);
});
afterAll(() => plane.stop());

/** Pods are scheduled here, not placed on the node of the recorded cluster. */
function unplaced(object: UnknownRecord): UnknownRecord {
  if (object['kind'] !== 'Pod') return object;
  return { ...object, spec: { ...asRecord(object['spec']), nodeName: undefined } };
}

/** Once the CRDs are there: the shapes, three pods of httpbin with the labels that they select by, and `nr-1` not ready. */
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

describe('the shapes, with the real ingress controller that reads Endpoints', () => {
  let gateway: Gateway;
  let reports: Readonly<Record<string, ServiceReport>>;
  const right = {
    httpbin: 'Synced',
    multi: 'Synced',
    headless: 'Drift HeadlessNoneNode',
    dual: 'Synced',
    pubnotready: 'Synced',
    notready: 'Synced',
    manual: 'Synced',
  };

  beforeAll(async () => {
    gateway = await startGateway(plane, { kubernetes: { ingress_class: 'apisix-and-all' } });
    await applyShapes();
    await eventually('every shape to be in APISIX', () => gateway.apisix.items('upstreams').length === 13);
    await eventually('the verdicts', async () => {
      reports = await verdicts([...names, '--apisix-pod']);
      return Object.values(brief(reports)).filter((verdict) => verdict !== 'Synced').length === 1;
    });
  });
  afterAll(() => gateway.stop());

  test('get the right verdicts', () => {
    expect(brief(reports)).toEqual(right);
  });

  test('have their legal differences named', () => {
    const found = (name: string) => (reports[name] ? codes(reports[name]) : []);
    expect(found('httpbin')).toEqual(expect.arrayContaining(['SubsetUpstream', 'UpstreamByClusterIP']));
    expect(found('pubnotready')).toContain('PublishesNotReady');
    expect(found('manual')).toContain('ServiceHasNoSelector');
    expect(found('notready')).toContain('PodNotReady');
  });

  test('cost at most two requests by id for each port, and no list', async () => {
    const before = gateway.apisix.requests.length;
    await verdicts(['multi', 'dual', '--apisix-pod']);
    // The controller asks too, now and then, for what is its own.
    const asked = gateway.apisix.requests.slice(before).filter(({ method }) => method === 'GET');
    const ids = ['default_multi_80', 'default_multi_9000', 'default_dual_80'].map((name) =>
      crc32(name).toString(16),
    );
    for (const id of ids) {
      const own = asked.filter(({ path }) => path === `/apisix/admin/upstreams/${id}`);
      expect([1, 2]).toContain(own.length);
    }
    expect(asked.map(({ path }) => path)).not.toContain('/apisix/admin/upstreams');
  });

  test('are all in the list of upstreams, the shared ones with their weights', async () => {
    const extraEnv = { KUBECONFIG: plane.kubeconfig };
    const { stdout } = await eps(['upstream', '--apisix-pod'], { extraEnv });
    expect(stdout).toMatch(/default_multi_9000 +default\/multi:9000 +3 +20\/120 +Controller/);
    const listed = await eps(['upstream', '--apisix-pod', '-o', 'name'], { extraEnv });
    expect(listed.stdout.trim().split('\n')).toHaveLength(13);
  });
});
