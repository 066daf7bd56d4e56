import { describe, expect, test } from 'vitest';
import { judge } from '../../../../source/core/judge.ts';
import type { Pod, Service } from '../../../../source/core/kubernetes.ts';
import type { ServiceReport } from '../../../../source/core/report.ts';
import { itemsOf, routesOf, type Snapshot } from '../../../../source/core/snapshot.ts';
import type { ApisixItem } from '../../../../source/gateways/apisix/answer.ts';
import { upstreamsOf } from '../../../../source/gateways/apisix/upstreams.ts';
import { collectKubernetes, type FileLayers } from '../../../../source/sources/files/kubernetes.ts';
import { applied, itemsIn, recordedJson, store } from '../../../helpers/ingress-controller.ts';
import { pod, read, snapshot } from '../../../helpers/snapshot.ts';

const absent = { state: 'Absent' } as const;

/** Pods of the recorded cluster: the captures have their addresses, not their objects. */
function recordedPod(name: string, podIPs: readonly string[], changes: Partial<Pod> = {}): Pod {
  const labels = { app: 'httpbin', version: 'v2' };
  return { ...pod(1), namespace: 'default', name, uid: name, labels, podIPs, ...changes };
}

const steered = [
  recordedPod('nr-1', ['10.99.0.1'], { labels: { app: 'nr' }, ready: false }),
  recordedPod('nr-2', ['10.64.15.162'], { labels: { app: 'nr' } }),
];

/** The reports of the applied Services, of pods and gateway alone, by name. */
function judgeAll(
  layers: FileLayers,
  pods: readonly Pod[],
  items: readonly ApisixItem[],
  changes: Partial<Snapshot> = {},
): Readonly<Record<string, ServiceReport>> {
  const services = itemsOf(layers.services);
  const { apisixRoutes, ingresses, gatewayRoutes } = layers;
  const upstreams = upstreamsOf(items, { services, routes: routesOf(layers) });
  const whole = snapshot({
    services: read(services),
    pods: read(pods),
    endpointSlices: absent,
    endpoints: absent,
    apisixRoutes,
    ingresses,
    gatewayRoutes,
    upstreams: read(upstreams),
    ...changes,
  });
  return Object.fromEntries(judge(whole, services).map((report) => [report.metadata.name, report]));
}

/** The status, and the codes of the findings that make it. */
const verdicts = (reports: Readonly<Record<string, ServiceReport>>) =>
  Object.fromEntries(
    Object.entries(reports).map(([name, { status, findings }]) => {
      const codes = findings.filter(({ severity }) => severity !== 'Info').map(({ code }) => code);
      return [name, [status, ...codes].join(' ')];
    }),
  );

const infos = (report: ServiceReport | undefined) =>
  (report?.findings ?? []).filter(({ severity }) => severity === 'Info').map(({ code }) => code);

describe.each([
  ['Endpoints', '10-shapes-endpoints-mode.store.json'],
  ['EndpointSlices', '10-shapes-endpointslice-mode.store.json'],
])('the shapes as controller 1.8.4 reads them from %s', (_, recording) => {
  const layers = applied('v1.8.4/manifests.yaml', 'v1.8.4/shapes.yaml');
  const pods = [
    ...[
      ['10.64.5.222', 'fd00:10::5de'],
      ['10.64.6.13', 'fd00:10::60d'],
      ['10.64.6.152', 'fd00:10::698'],
    ].map((ips) => recordedPod(ips.join(), ips)),
    ...steered,
  ];
  const items = store(`v1.8.4/${recording}`);
  const reports = judgeAll(layers, pods, items);

  test('drift only where a headless Service is led to by its ClusterIP', () => {
    expect(verdicts(reports)).toMatchObject({
      httpbin: 'Synced',
      multi: 'Synced',
      dual: 'Synced',
      notready: 'Synced',
      pubnotready: 'Synced',
      headless: 'Drift HeadlessNoneNode',
    });
  });

  test('have their legal differences named', () => {
    expect(infos(reports['httpbin'])).toEqual(
      expect.arrayContaining(['SubsetUpstream', 'UpstreamByClusterIP']),
    );
    expect(infos(reports['pubnotready'])).toContain('PublishesNotReady');
  });

  test('share nothing out where all parts of a split are of one Service', () => {
    expect(infos(reports['httpbin'])).not.toContain('WeightedSplit');
    expect(infos(reports['multi'])).toEqual([]);
  });

  test('of a Service without a selector are judged by its hand-made Endpoints', () => {
    const byHand = judgeAll(layers, pods, items, { endpoints: layers.endpoints, endpointSlices: read([]) });
    const report = byHand['manual'];
    const gateway = report?.findings.filter(({ layer }) => layer === 'Upstream');
    expect(gateway).toEqual([]);
    expect(report?.addresses.map((row) => [row.address, row.in.Upstream])).toEqual([
      ['192.0.2.1:8080', 'Present'],
      ['192.0.2.2:8080', 'Present'],
    ]);
  });
});

describe('the shapes as controller 2.2.0 writes them', () => {
  const layers = applied(
    'v1.8.4/manifests.yaml',
    'v1.8.4/shapes.yaml',
    'v2.2.0/routes22.yaml',
    'v2.2.0/shapes22.yaml',
  );
  /** The Service's targetPort had been changed by then. */
  const moved = ({ ports, ...service }: Service): Service => ({
    ...service,
    ports: ports.map((port) => (service.name === 'multi' ? { ...port, targetPort: 8088 } : port)),
  });
  const pods = [
    ...[67, 68, 69, 70, 71].map((last) =>
      recordedPod(`p${last}`, [`10.64.31.${last}`, `fd00:10::${(0x1f00 + last).toString(16)}`]),
    ),
    ...steered,
  ];
  const services = read(itemsOf(layers.services).map(moved));
  const reports = judgeAll({ ...layers, services }, pods, store('v2.2.0/10-shapes.store.json'));

  test('drift where a rule lost its id to another, and where a headless Service is led to by its ClusterIP', () => {
    expect(verdicts(reports)).toMatchObject({
      httpbin: 'Drift UpstreamIdCollision',
      multi: 'Synced',
      dual: 'Synced',
      notready: 'Synced',
      pubnotready: 'Synced',
      headless: 'Drift HeadlessNoneNode',
      extname: 'Synced',
    });
  });

  test('say who took whose place', () => {
    expect(reports['httpbin']?.findings[0]).toMatchObject({
      code: 'UpstreamIdCollision',
      port: 'http',
      upstream: 'default_httpbin_0',
      message:
        'ApisixRoute default/httpbin and HTTPRoute default/httpbin have the same id 57a0729f in the gateway: the HTTPRoute took the place, and the ApisixRoute leads nowhere',
    });
  });

  test('name the part of the requests that a backend of an HTTPRoute gets', () => {
    const split = reports['headless']?.findings.find(({ code }) => code === 'WeightedSplit');
    expect(split?.message).toContain('this Service gets 1 of 4');
  });

  test('are Unread, not missing, where the routes that they are named after cannot be seen', () => {
    const unseen = judgeAll(
      { ...layers, services, apisixRoutes: absent, ingresses: absent, gatewayRoutes: absent },
      pods,
      store('v2.2.0/10-shapes.store.json'),
      { gatewayGiven: true },
    );
    expect(unseen['dual']).toMatchObject({ status: 'Unknown', findings: [] });
    expect(unseen['dual']?.layers.find(({ name }) => name === 'Upstream')?.reason).toContain(
      'without the routes of namespace default',
    );
  });
});

describe('the recorded moments of controller 1.8.4', () => {
  /** A ready pod for every endpoint of the slices. */
  function moment(kubernetes: readonly string[], recording: string): ServiceReport {
    const { layers } = collectKubernetes(
      kubernetes.map((source) => ({ source, value: recordedJson(`v1.8.4/${source}`) })),
    );
    const slices = itemsOf(layers.endpointSlices);
    const pods = slices
      .flatMap(({ endpoints }) => endpoints)
      .map(({ addresses, targetRef }) => recordedPod(targetRef?.name ?? '', addresses));
    const { services, apisixRoutes } = applied('v1.8.4/manifests.yaml');
    const upstream = itemsIn(recordedJson(`v1.8.4/${recording}`));
    const { endpoints, endpointSlices } = layers;
    const { httpbin } = judgeAll({ ...layers, services, apisixRoutes }, pods, upstream, {
      endpoints,
      endpointSlices,
    });
    if (!httpbin) throw new Error('no report');
    return httpbin;
  }

  test('of 1500 pods: from Endpoints 500 get no traffic, from EndpointSlices all do', () => {
    const then = ['02-scale-up-1500.endpoints.json.gz', '02-scale-up-1500.endpointslices.json.gz'];
    const off = moment(then, '02-scale-up-1500.off.upstream-5ce57b8e.json.gz');
    expect(off.findings.map(({ code, count }) => [code, count])).toEqual([
      ['EndpointsTruncated', 500],
      ['UpstreamCutByEndpoints', 500],
    ]);
    const on = moment(then, '02-scale-up-1500.on.upstream-5ce57b8e.json.gz');
    expect(on.findings.map(({ code }) => code)).toEqual(['EndpointsTruncated']);
  });

  test('of the revision that gained a digit: from Endpoints a dead address stays', () => {
    const then = [
      '01-stale-after-digit-rollover-19pods.endpoints.json',
      '01-stale-after-digit-rollover-19pods.endpointslices.json',
    ];
    const off = moment(then, '01-stale-after-digit-rollover-19pods.off.upstream-5ce57b8e.json');
    expect(off.findings.map(({ code, count }) => [code, count])).toEqual([['StaleInUpstream', 1]]);
    const on = moment(then, '01-stale-after-digit-rollover-19pods.on.upstream-5ce57b8e.json');
    expect(on).toMatchObject({ status: 'Synced', findings: [] });
  });
});
