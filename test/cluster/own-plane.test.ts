import { afterAll, beforeAll, expect, test } from 'vitest';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { namespace } from './fixtures.ts';
import { httpbin } from './httpbin.ts';
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

test('on a dual-stack plane each pod is in a slice of either family', async () => {
  const space = await namespace(plane);
  const service = { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] };
  await plane.apply(httpbin({ namespace: space, replicas: 1, service }));

  await eventually('slices of both families', async () => {
    const slices = await slicesOf(space);
    const [, address = ''] = /^IPv4 (10[.\d]+)$/m.exec(slices) ?? [];
    return slices.includes(`IPv6 fd00::${address.replaceAll('.', ':')}\n`);
  });
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

test('a restarted API server is found where it was, with what it knew', async () => {
  const space = await namespace(plane);
  await plane.stopPart('kube-apiserver');
  expect((await plane.kubectl(['get', 'namespaces'])).stderr).toContain('refused');

  await plane.startPart('kube-apiserver');
  expect(await plane.output(['get', 'namespaces', '-o', 'name'])).toContain(`namespace/${space}\n`);
});
