import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ServiceReport, UpstreamList } from '../../../source/core/report.ts';
import { codes, diff, eps } from '../eps.ts';
import { secrets } from '../../helpers/secrets.ts';
import { sharedPlane } from '../fixtures.ts';
import { crowd, gatherCrowd, settledHttpbin } from '../settled.ts';
import { eventually } from '../wait.ts';
import { apisixRoute } from './apisix-route.ts';
import { keys, startGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { upstreamId, upstreamIps } from './upstream.ts';

const plane = sharedPlane();

const addressesOf = ({ findings }: ServiceReport, code: string) =>
  findings.filter((finding) => finding.code === code).map(({ addresses }) => [...addresses].sort());
const at80 = (ips: readonly string[]) => ips.map((ip) => `${ip}:80`).sort();
const without = (all: readonly string[], some: readonly string[]) => all.filter((ip) => !some.includes(ip));

/** httpbin with so many pods, routed, and in the upstream. */
async function routedHttpbin(
  { apisix }: Gateway,
  here: string,
  replicas: number,
): Promise<readonly string[]> {
  await plane.apply([apisixRoute(here)]);
  const { readyPods } = await settledHttpbin(plane, { namespace: here, replicas });
  await eventually('the upstream to follow', () => upstreamIps(apisix, here).join() === readyPods.join());
  return readyPods;
}

describe('with the real ingress controller, of 20 pods', () => {
  let gateway: Gateway;
  const here = 'routed';
  let ips: readonly string[];
  beforeAll(async () => {
    gateway = await startGateway(plane);
    await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: here } }]);
    ips = await routedHttpbin(gateway, here, 20);
  });
  afterAll(async () => {
    await gateway.stop();
    await plane.output(['delete', 'namespace', here, '--wait=false']);
  });

  const byId = `/apisix/admin/upstreams/${upstreamId(here)}`;
  const nodes = () => gateway.apisix.get('upstreams', upstreamId(here))?.value['nodes'] as readonly object[];
  const writeNodes = (changed: readonly object[]) => {
    const { value = {} } = gateway.apisix.get('upstreams', upstreamId(here)) ?? {};
    gateway.apisix.put('upstreams', upstreamId(here), { ...value, nodes: changed });
  };
  /** Puts back what a test changed behind the controller's back. */
  const restoreNodes = () => {
    const before = nodes();
    onTestFinished(() => {
      writeNodes(before);
    });
  };

  test.each([
    ['a pod that is found', () => ['--apisix-pod']],
    ['the pod that is named', () => [`--apisix-pod=${gateway.pod.namespace}/${gateway.pod.name}`]],
    ['a gateway that is found without a flag', () => []],
    ['a URL', () => [`--apisix-url=${gateway.apisix.adminUrl}`]],
  ])('diff by %s is Synced', async (_, flags) => {
    const extraEnv = { APISIX_ADMIN_KEY: keys.viewerKey };
    const { code, report } = await diff(['httpbin', '-n', here, ...flags()], { extraEnv });
    expect({ code, status: report.status, codes: codes(report) }).toEqual({
      code: 0,
      status: 'Synced',
      codes: [],
    });
    expect(report.layers[3]).toMatchObject({ name: 'Upstream', state: 'Read', addresses: 20 });
  });

  test('diff costs one request by id, and says which pod and whose key it uses', async () => {
    const before = gateway.asked().length;
    const { stderr } = await diff(['httpbin', '-n', here, '--apisix-pod']);
    expect(stderr).toContain(
      `notice: reading APISIX through pod ${gateway.pod.namespace}/${gateway.pod.name}`,
    );
    expect(stderr).toContain('ConfigMap ingress-apisix/apisix');
    expect(gateway.asked().slice(before)).toEqual([byId]);
  });

  test('upstream shows the nodes, the Service, the route and who wrote it', async () => {
    const { code, stdout } = await eps(['upstream', '--apisix-pod', '-o', 'json']);
    const { items } = JSON.parse(stdout) as UpstreamList;
    const routes = gateway.apisix.items('routes').map(({ value }) => value['id']);
    const own = items.find(({ id }) => id === upstreamId(here));
    expect(code).toBe(0);
    expect(own).toMatchObject({
      name: `${here}_httpbin_80`,
      source: 'Controller',
      service: { namespace: here, name: 'httpbin', port: 80 },
    });
    expect(own?.nodes?.map(({ address }) => address).sort()).toEqual(at80(ips));
    expect(own?.routes).toHaveLength(1);
    expect(routes).toContain(own?.routes?.[0]);
    const url = `--apisix-url=${gateway.apisix.adminUrl}`;
    const listed = await eps(['upstream', upstreamId(here), url], {
      extraEnv: { APISIX_ADMIN_KEY: keys.adminKey },
    });
    expect(listed.stdout).toContain(`${here}/httpbin:80`);
    const byService = await eps(['upstream', 'svc/httpbin', '-n', here, '--apisix-pod']);
    expect(byService.stdout).toContain(`${ips[0] ?? ''}:80`);
  });

  test('an out-of-band edit is found to the address, and confirmed by one more request', async () => {
    restoreNodes();
    writeNodes([...nodes(), { host: '192.0.2.9', port: 80, weight: 100 }]);
    const before = gateway.asked().length;
    const { code, report } = await diff(['httpbin', '-n', here]);
    expect(report.findings).toMatchObject([{ confirmation: { state: 'Confirmed' } }]);
    expect(gateway.asked().slice(before)).toEqual([byId, byId]);
    expect({ code, codes: codes(report) }).toEqual({ code: 1, codes: ['StaleInUpstream'] });
    expect(addressesOf(report, 'StaleInUpstream')).toEqual([['192.0.2.9:80']]);
  });

  test('so is a node taken out', async () => {
    restoreNodes();
    writeNodes(nodes().slice(1));
    const [gone = ''] = without(ips, upstreamIps(gateway.apisix, here));
    const { code, report } = await diff(['httpbin', '-n', here]);
    expect({ code, codes: codes(report) }).toEqual({ code: 1, codes: ['MissingFromUpstream'] });
    expect(addressesOf(report, 'MissingFromUpstream')).toEqual([[`${gone}:80`]]);
  });

  describe.each([
    ['wrong-key', /refused the key \(401\)/],
    ['ip-refused', /does not let this address in \(403\)/],
    ['frozen', /did not answer within 2s/],
    ['http-500', /500/],
    ['html', /answered with HTML/],
    ['empty-body', /answered with an empty body/],
    ['half-json', /./],
    ['short-json', /no whole JSON/],
    ['reset', /./],
    ['etcd-down', /has no healthy etcd endpoint available/],
  ] as const)('when APISIX fails with %s', (failure, reason) => {
    test.each([
      ['a pod', () => ['--apisix-pod']],
      ['a URL', () => [`--apisix-url=${gateway.apisix.adminUrl}`]],
    ])('diff through %s is Unknown in time, and says why', async (_, flags) => {
      gateway.apisix.fail(failure);
      onTestFinished(() => {
        gateway.apisix.fail(undefined);
      });
      const started = Date.now();
      const args = ['httpbin', '-n', here, '--apisix-timeout=2s', ...flags()];
      const { code, report } = await diff(args, {
        extraEnv: { APISIX_ADMIN_KEY: keys.adminKey },
      });
      expect(Date.now() - started).toBeLessThan(3 * 2000);
      expect({ code, status: report.status, codes: codes(report) }).toEqual({
        code: 3,
        status: 'Unknown',
        codes: [],
      });
      const reasonGiven = report.layers.find(({ name }) => name === 'Upstream')?.reason;
      expect(reasonGiven).toMatch(reason);
    });
  });

  test('without a key the reason says that none was sent', async () => {
    const { code, report } = await diff(['httpbin', '-n', here, `--apisix-url=${gateway.apisix.adminUrl}`]);
    expect(code).toBe(3);
    expect(report.layers[3]).toMatchObject({
      state: 'Unread',
      reason: expect.stringMatching(/none was sent/) as string,
    });
  });

  test('upstream ends with 3 when the key is refused', async () => {
    const url = `--apisix-url=${gateway.apisix.adminUrl}`;
    const { code, stdout, stderr } = await eps(['upstream', url], {
      extraEnv: { APISIX_ADMIN_KEY: secrets.wrongKey },
    });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('the APISIX admin API refused the key (401)');
  });

  test('what a scale-down leaves behind while the controller is away is stale, until it is back', async () => {
    await gateway.stopController();
    const { readyPods } = await settledHttpbin(plane, { namespace: here, replicas: 12 });
    const { code, report } = await diff(['httpbin', '-n', here]);
    expect({ code, codes: codes(report) }).toEqual({ code: 1, codes: ['StaleInUpstream'] });
    expect(addressesOf(report, 'StaleInUpstream')).toEqual([at80(without(ips, readyPods))]);
    await gateway.restartController();
    const repaired = await eventually('the controller to repair it', async () => {
      const verdict = await diff(['httpbin', '-n', here]);
      return verdict.report.status === 'Synced' && verdict;
    });
    expect(repaired.code).toBe(0);
  });

  test('a pod that goes away in the middle of an answer is Unread', async () => {
    gateway.apisix.fail('frozen');
    const asked = gateway.apisix.requests.length;
    const reading = diff(['httpbin', '-n', here, '--apisix-pod', '--apisix-timeout=3s']);
    await eventually('APISIX to be asked', () => gateway.apisix.requests.length > asked);
    await plane.output(['delete', 'pod', gateway.pod.name, '-n', gateway.pod.namespace, '--wait=false']);
    const { code, report } = await reading;
    expect({ code, status: report.status }).toEqual({ code: 3, status: 'Unknown' });
    expect(report.layers[3]).toMatchObject({ state: 'Unread', reason: expect.stringMatching(/./) as string });
    gateway.apisix.fail(undefined);
  });
});

describe('of 1500 pods', () => {
  let cut: readonly string[];
  let endpoints: readonly string[];
  beforeAll(async () => {
    const view = await gatherCrowd(plane);
    endpoints = view.endpoints;
    cut = without(view.readyPods, endpoints);
    await plane.apply([apisixRoute(crowd)]);
  });

  const verdict = async (kubernetes: NonNullable<GatewayOptions['kubernetes']>, count: number) => {
    const gateway = await startGateway(plane, { kubernetes });
    onTestFinished(gateway.stop);
    await eventually(`${count} nodes`, () => upstreamIps(gateway.apisix, crowd).length === count);
    const { code, report } = await diff(['httpbin', '-n', crowd, '--apisix-pod']);
    expect(code).toBe(1);
    return { report, ips: upstreamIps(gateway.apisix, crowd) };
  };

  test.each([
    ['that reads Endpoints', { watch_endpoint_slices: false }],
    ['with the misspelt key of the Helm chart', { watch_endpointslices: true }],
  ])('a controller %s hands the cut on', async (_, kubernetes) => {
    const { report, ips } = await verdict(kubernetes, 1000);
    expect(ips).toEqual(endpoints);
    expect(codes(report)).toEqual(['EndpointsTruncated', 'UpstreamCutByEndpoints']);
    expect(addressesOf(report, 'EndpointsTruncated')).toEqual([at80(cut)]);
    expect(addressesOf(report, 'UpstreamCutByEndpoints')).toEqual([at80(cut)]);
  });

  test('a controller that reads EndpointSlices does not', async () => {
    const { report } = await verdict({ watch_endpoint_slices: true }, 1500);
    expect(codes(report)).toEqual(['EndpointsTruncated']);
  });
});
