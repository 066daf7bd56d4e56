import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LayerName, ServiceReport } from '../../../source/core/report.ts';
import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import { codes, diff, onPort, type Verdict } from '../eps.ts';
import { sharedPlane } from '../fixtures.ts';
import { settledHttpbin } from '../settled.ts';
import { startApisixPods, type ApisixPod } from './apisix-pod.ts';
import { keys } from './gateway.ts';
import { upstreamId } from './upstream.ts';

const plane = sharedPlane();
/** Of the five pods, and of httpbin. */
const here = 'replicas';
/** ms, for one answer: beside it a busy machine takes no time. */
const timeout = 10_000;
const args = ['httpbin', '-n', here, '--all-replicas', `--apisix-timeout=${timeout / 1000}s`];

/** Pods in the order of {@link names}. */
const names = ['right', 'behind', 'refusing', 'hanging', 'html'] as const;

let apisixes: Readonly<Record<(typeof names)[number], Apisix>>;
let pods: readonly ApisixPod[];
let ips: readonly string[];

const upstreamOf = (hosts: readonly string[]) => ({
  name: `${here}_httpbin_80`,
  labels: { 'managed-by': 'apisix-ingress-controller' },
  type: 'roundrobin',
  nodes: hosts.map((host) => ({ host, port: 80, weight: 100 })),
});

/** The pods of one gateway read the same etcd. */
async function startDouble(): Promise<Apisix> {
  const apisix = await startApisix({ flavour: 'v3', ...keys });
  apisix.put('upstreams', upstreamId(here), upstreamOf(ips));
  return apisix;
}

/** `NAMESPACE/POD` */
function podOf(name: (typeof names)[number]): string {
  const pod = pods[names.indexOf(name)];
  return `${pod?.namespace ?? ''}/${pod?.name ?? ''}`;
}

/** What the report says of a layer of one pod. */
function layerOf({ replicas = [] }: ServiceReport, pod: (typeof names)[number], layer: LayerName) {
  return replicas.find(({ name }) => name === podOf(pod))?.layers.find(({ name }) => name === layer);
}

beforeAll(async () => {
  await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: here } }]);
  ips = (await settledHttpbin(plane, { namespace: here, replicas: 4 })).readyPods;
  apisixes = {
    right: await startDouble(),
    behind: await startDouble(),
    refusing: await startDouble(),
    hanging: await startDouble(),
    html: await startDouble(),
  };
  pods = await startApisixPods(plane, { namespace: here, apisixes: Object.values(apisixes), ...keys });
});
afterAll(async () => {
  for (const apisix of Object.values(apisixes)) await apisix.close();
  await plane.output(['delete', 'namespace', here]);
});

test.each([
  ['port-forward', []],
  ['exec', ['--apisix-via=exec']],
])('five pods of APISIX that agree are in sync, read by %s', async (_, flags) => {
  const { code, report } = await diff([...args, ...flags]);
  expect({ code, status: report.status, codes: codes(report) }).toEqual({
    code: 0,
    status: 'Synced',
    codes: [],
  });
  expect(report.replicas?.map(({ name }) => name).sort()).toEqual(names.map(podOf).sort());
  expect(new Set(report.replicas?.map(({ digest }) => digest)).size).toBe(1);
});

describe('of five pods one is behind, one refuses the key, one hangs and one answers with HTML', () => {
  let verdict: Verdict<ServiceReport>;
  let elapsed: number;
  const gone = '192.0.2.9';

  beforeAll(async () => {
    const { behind, refusing, hanging, html } = apisixes;
    behind.put('upstreams', upstreamId(here), upstreamOf([gone, ...ips.slice(1)]));
    behind.freezeWorkers();
    behind.put('upstreams', upstreamId(here), upstreamOf(ips));
    refusing.fail('wrong-key');
    hanging.fail('frozen');
    html.fail('html');
    const started = Date.now();
    verdict = await diff(args);
    elapsed = Date.now() - started;
  });

  test('the report shows the two whose whole answer came, and the one behind as such', () => {
    const { code, report } = verdict;
    expect({ code, status: report.status }).toEqual({ code: 1, status: 'Drift' });
    expect(report.findings).toMatchObject([
      { code: 'DataPlaneBehind', replica: podOf('behind'), confirmation: { state: 'Confirmed' } },
    ]);
    expect([...(report.findings[0]?.addresses ?? [])].sort()).toEqual(onPort(80, [gone, ips[0] ?? '']));
    expect(report.replicas?.[0]).toMatchObject({ name: podOf('behind'), outlier: true });
    for (const pod of ['right', 'behind'] as const) {
      expect(layerOf(report, pod, 'Upstream')).toMatchObject({ state: 'Read', addresses: ips.length });
      expect(layerOf(report, pod, 'Runtime')).toMatchObject({ state: 'Read', addresses: ips.length });
    }
  });

  test('what the others did not tell is Unread, each for its own reason', () => {
    const { report } = verdict;
    const refused = { state: 'Unread', reason: 'the APISIX admin API refused the key (401)' };
    expect(layerOf(report, 'refusing', 'Upstream')).toMatchObject(refused);
    // The control API knows no key.
    expect(layerOf(report, 'refusing', 'Runtime')).toMatchObject({ state: 'Read', addresses: ips.length });
    for (const [layer, api] of [
      ['Upstream', 'admin'],
      ['Runtime', 'control'],
    ] as const) {
      const late = `the APISIX ${api} API did not answer within ${timeout / 1000}s`;
      expect(layerOf(report, 'hanging', layer)).toMatchObject({ state: 'Unread', reason: late });
      const html = expect.stringContaining(`the APISIX ${api} API answered with HTML`) as string;
      expect(layerOf(report, 'html', layer)).toMatchObject({ state: 'Unread', reason: html });
    }
  });

  test('it takes less than three times what one answer may take', () => {
    expect(elapsed).toBeLessThan(3 * timeout);
  });
});
