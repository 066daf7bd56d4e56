import { afterAll, beforeAll, expect, test } from 'vitest';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { drift, onPort, synced, told, type Summary } from './eps.ts';
import { namespace } from './fixtures.ts';
import { httpbin } from './httpbin.ts';
import { kubectlView } from './kubectl-view.ts';
import { endpoints, handMadeSlice, service } from './services.ts';
import { settledHttpbin } from './settled.ts';
import { eventually } from './wait.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane({ dualStack: true });
});
afterAll(() => plane.stop());

async function slicesOf(space: string): Promise<string> {
  const path = '{range .items[*]}{.addressType} {.endpoints[*].addresses[0]}{"\\n"}{end}';
  return plane.output(['get', 'endpointslices', `--namespace=${space}`, '-o', `jsonpath=${path}`]);
}

/** The verdict on a Service of this plane. */
function toldOf(name: string, space: string): Promise<Summary> {
  return told([name, '-n', space], { extraEnv: { KUBECONFIG: plane.kubeconfig } });
}

test('on a dual-stack plane each pod is in a slice of either family, and in Endpoints with the first alone', async () => {
  const space = await namespace(plane);
  const families = { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] };
  await plane.apply(httpbin({ namespace: space, replicas: 1, service: families }));

  const second = await eventually('slices of both families', async () => {
    const slices = await slicesOf(space);
    const [, address = ''] = /^IPv4 (10[.\d]+)$/m.exec(slices) ?? [];
    const ip = `fd00::${address.replaceAll('.', ':')}`;
    return slices.includes(`IPv6 ${ip}\n`) && ip;
  });
  await eventually('Endpoints', async () => (await kubectlView(plane, space)).endpoints.length === 1);
  expect(await toldOf('httpbin', space)).toEqual(
    synced(['Info', 'SingleFamilyEndpoints', [`[${second}]:80`]]),
  );
});

test('slices stand still without the controller manager and catch up when it is back', async () => {
  const space = await namespace(plane);
  await plane.apply(httpbin({ namespace: space, replicas: 2 }));
  const addresses = async () => (await slicesOf(space)).match(/10[.\d]+/g) ?? [];
  await eventually('2 addresses', async () => (await addresses()).length === 2);

  await plane.stopPart('kube-controller-manager');
  const [pod = ''] = (await plane.output(['get', 'pods', `--namespace=${space}`, '-o', 'name'])).split('\n');
  await plane.output(['delete', pod, `--namespace=${space}`]);
  expect(await addresses()).toHaveLength(2);
  await plane.output(['scale', 'deployment/httpbin-deployment', `--namespace=${space}`, '--replicas=3']);

  await plane.startPart('kube-controller-manager');
  await eventually('3 addresses', async () => (await addresses()).length === 3);
});

test('what nobody clears away while two controllers are off is found, and gone when they are back', async () => {
  const space = await namespace(plane);
  const ports = [{ name: 'http', port: 80 }];
  const byHand = ['192.0.2.10', '192.0.2.9'];
  await plane.apply([
    service({ namespace: space, name: 'web', spec: { ports } }),
    endpoints({ namespace: space, service: 'web', addresses: byHand }),
  ]);
  await eventually(
    'the mirrored slice',
    async () => (await kubectlView(plane, space, 'web')).slices.length === 2,
  );
  const { readyPods } = await settledHttpbin(plane, { namespace: space, replicas: 2 });
  const uid = ['get', 'service', 'httpbin', '-n', space, '-o', 'jsonpath={.metadata.uid}'];
  const before = await plane.output(uid);

  await plane.stopPart('kube-controller-manager');
  const off = ['endpointslice-mirroring-controller', 'garbage-collector-controller'];
  await plane.startPart('kube-controller-manager', [
    `--controllers=*,${off.map((name) => `-${name}`).join()}`,
  ]);
  const selector = { app: 'httpbin-deployment' };
  await plane.apply([service({ namespace: space, name: 'web', spec: { ports, selector } })]);
  await plane.output(['delete', 'service', 'httpbin', '-n', space]);
  await settledHttpbin(plane, { namespace: space, replicas: 2 });
  const owner = { name: 'httpbin', uid: before };
  const stray = [{ addresses: ['192.0.2.8'], conditions: { ready: true } }];
  await plane.apply([handMadeSlice({ namespace: space, service: 'httpbin', owner, endpoints: stray })]);
  await eventually('slices of the pods beside the mirrored one', async () => {
    const view = await kubectlView(plane, space, 'web');
    return (
      view.slices.join() === [...readyPods, ...byHand].sort().join() &&
      view.endpoints.join() === readyPods.join()
    );
  });
  expect(await toldOf('web', space)).toEqual(drift(['Error', 'OrphanedMirrorSlice', onPort(80, byHand)]));
  expect(await toldOf('httpbin', space)).toEqual(drift(['Warning', 'OwnerMismatch', ['192.0.2.8:80']]));

  await plane.stopPart('kube-controller-manager');
  await plane.startPart('kube-controller-manager');
  for (const name of ['web', 'httpbin']) {
    await eventually('the slices of the pods alone', async () => {
      const { slices } = await kubectlView(plane, space, name);
      return slices.join() === readyPods.join();
    });
    expect(await toldOf(name, space)).toEqual(synced());
  }
});

test('a restarted API server is found where it was, with what it knew', async () => {
  const space = await namespace(plane);
  await plane.stopPart('kube-apiserver');
  expect((await plane.kubectl(['get', 'namespaces'])).stderr).toContain('refused');

  await plane.startPart('kube-apiserver');
  expect(await plane.output(['get', 'namespaces', '-o', 'name'])).toContain(`namespace/${space}\n`);
});
