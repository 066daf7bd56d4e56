import { expect, test } from 'vitest';
import { codes, diff } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import { kubectlView } from './kubectl-view.ts';
import { endpoints, service } from './services.ts';
import { settledHttpbin } from './settled.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();
const ports = [{ name: 'http', port: 80 }];

test('a Service without a selector is judged by its Endpoints, made by hand', async () => {
  const own = await namespace(plane);
  const addresses = ['192.0.2.10', '192.0.2.9'];
  await plane.apply([
    service({ namespace: own, name: 'web', spec: { ports } }),
    endpoints({ namespace: own, service: 'web', addresses }),
  ]);
  await eventually('the mirrored slice', async () => {
    const { slices } = await kubectlView(plane, own, 'web');
    return slices.length === addresses.length;
  });
  const { code, report } = await diff(['web', '-n', own]);
  expect({ code, status: report.status, codes: codes(report) }).toEqual({
    code: 0,
    status: 'Synced',
    codes: ['ServiceHasNoSelector'],
  });
  expect(report.addresses).toMatchObject([
    { address: '192.0.2.9:80', in: { EndpointSlices: 'Ready', Endpoints: 'Ready' } },
    { address: '192.0.2.10:80', in: { EndpointSlices: 'Ready', Endpoints: 'Ready' } },
  ]);
});

test('an ExternalName Service is a name without addresses, which is no drift', async () => {
  const own = await namespace(plane);
  const spec = { type: 'ExternalName', externalName: 'db.example.com' };
  await plane.apply([service({ namespace: own, name: 'db', spec })]);
  const { code, report } = await diff(['db', '-n', own]);
  expect({ code, status: report.status, codes: codes(report) }).toEqual({
    code: 0,
    status: 'Synced',
    codes: ['ExternalNameService'],
  });
  expect(report.findings).toMatchObject([{ severity: 'Info', addresses: [] }]);
  expect(report.addresses).toEqual([]);
});

test.each([
  ['with a port', ports, ':80'],
  ['without ports', [], ''],
])('a headless Service %s is in sync like others', async (_, given, suffix) => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 3 });
  const spec = { clusterIP: 'None', selector: { app: 'httpbin-deployment' }, ports: given };
  await plane.apply([service({ namespace: own, name: 'peers', spec })]);
  await eventually('the addresses of the headless Service', async () => {
    const { slices, endpoints } = await kubectlView(plane, own, 'peers');
    return slices.join() === readyPods.join() && endpoints.join() === readyPods.join();
  });
  const { code, report } = await diff(['peers', '-n', own]);
  expect({ code, status: report.status }).toEqual({ code: 0, status: 'Synced' });
  expect(report.findings.filter(({ severity }) => severity !== 'Info')).toEqual([]);
  const addresses = report.addresses.map(({ address }) => address);
  expect(addresses.sort()).toEqual(readyPods.map((ip) => ip + suffix).sort());
});

test('a pod that is not ready is told of, and is no drift', async () => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const [cold, warm] = readyPods;
  const name = `jsonpath={.items[?(@.status.podIP=="${cold ?? ''}")].metadata.name}`;
  const pod = await plane.output(['get', 'pods', '-n', own, '-o', name]);
  const status = { conditions: [{ type: 'Ready', status: 'False' }] };
  const patch = ['--subresource=status', '-p', JSON.stringify({ status })];
  await plane.output(['patch', 'pod', pod, '-n', own, ...patch]);
  await eventually('both controllers to see it', async () => {
    const path = 'jsonpath={.items[*].endpoints[?(@.conditions.ready==false)].addresses}';
    const slices = await plane.output(['get', 'endpointslices', '-n', own, '-o', path]);
    const { endpoints } = await kubectlView(plane, own);
    return slices === JSON.stringify([cold]) && endpoints.join() === warm;
  });
  const { code, report } = await diff(['httpbin', '-n', own]);
  expect({ code, status: report.status }).toEqual({ code: 0, status: 'Synced' });
  expect(report.findings).toMatchObject([{ code: 'PodNotReady', severity: 'Info', pods: [pod] }]);
  expect(report.addresses.find((row) => row.pod === pod)?.in).toMatchObject({
    Pods: 'NotReady',
    EndpointSlices: 'NotReady',
    Endpoints: 'NotReady',
  });
});
