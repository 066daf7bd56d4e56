import { expect, test } from 'vitest';
import { diff, drift, onPort, synced, told } from '../eps.ts';
import { namespace, sharedPlane } from '../fixtures.ts';
import { httpbin } from '../httpbin.ts';
import { kubectlStates, kubectlView } from '../kubectl-view.ts';
import { handMadeSlice, service } from '../services.ts';
import { settledHttpbin } from '../settled.ts';
import { eventually } from '../wait.ts';
import { podIps } from './pods.ts';

const plane = sharedPlane();
const ready = { ready: true };
const selector = { app: 'httpbin-deployment' };

/** Puts a slice beside those of the endpointslice controller. */
async function addSlice(own: string, endpoints: readonly object[], managedBy?: string): Promise<void> {
  const who = managedBy === undefined ? {} : { managedBy };
  await plane.apply([handMadeSlice({ namespace: own, service: 'httpbin', ...who, endpoints })]);
}

test('a slice made by hand is found by what it adds, be its manager known or not', async () => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const [first = ''] = readyPods;
  const steps = [
    {
      why: 'a manager that is not one of Kubernetes',
      managedBy: 'fleet.example.com',
      endpoints: [{ addresses: ['192.0.2.7'], conditions: ready }],
      finds: ['Warning', 'ForeignSliceManager', ['192.0.2.7:80']],
    },
    {
      why: 'no manager, and `ready` unset, which means ready',
      endpoints: [{ addresses: ['192.0.2.8'] }],
      finds: ['Warning', 'ForeignSliceManager', ['192.0.2.8:80']],
    },
    {
      why: 'the address of a pod, once more',
      endpoints: [{ addresses: [first], conditions: ready }],
      finds: ['Warning', 'DuplicateAddress', [`${first}:80`]],
    },
  ] as const;
  for (const { why, finds, endpoints, ...who } of steps) {
    await addSlice(own, endpoints, 'managedBy' in who ? who.managedBy : undefined);
    expect(await told(['httpbin', '-n', own]), why).toEqual(drift(finds));
    await plane.output(['delete', 'endpointslice', 'httpbin-stray', '-n', own]);
  }
  expect(await told(['httpbin', '-n', own])).toEqual(synced());
});

test('of a Service without a selector a hand-made slice is the truth, unset readiness and all', async () => {
  const own = await namespace(plane);
  await plane.apply([
    service({ namespace: own, name: 'httpbin', spec: { ports: [{ name: 'http', port: 80 }] } }),
  ]);
  await addSlice(own, [
    { addresses: ['192.0.2.1'] },
    { addresses: ['192.0.2.2'], conditions: { ready: false } },
  ]);
  expect(await told(['httpbin', '-n', own])).toEqual(synced(['Info', 'ServiceHasNoSelector', []]));
  const { report } = await diff(['httpbin', '-n', own]);
  expect(report.addresses.map((row) => [row.address, row.in.EndpointSlices])).toEqual([
    ['192.0.2.1:80', 'Ready'],
    ['192.0.2.2:80', 'NotReady'],
  ]);

  await addSlice(own, [{ addresses: ['192.0.2.1', '192.0.2.3'], conditions: ready }]);
  expect(await told(['httpbin', '-n', own])).toEqual(
    drift(
      ['Warning', 'MultiAddressEndpoint', ['192.0.2.1:80', '192.0.2.3:80']],
      ['Info', 'ServiceHasNoSelector', []],
    ),
  );
});

test('a selector taken away leaves a slice that nobody updates, and given back it leaves nothing', async () => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 3 });
  const patch = (spec: object) =>
    plane.output(['patch', 'service', 'httpbin', '-n', own, '--type=merge', '-p', JSON.stringify({ spec })]);

  await patch({ selector: null });
  await eventually('the mirrored slice beside the old one', async () => {
    const { slices } = await kubectlView(plane, own);
    return slices.join() === readyPods.flatMap((ip) => [ip, ip]).join();
  });
  const [[dead, ip] = ['', '']] = [...(await podIps(plane, own))];
  await plane.output(['delete', 'pod', dead, '-n', own]);
  const left = drift(
    ['Warning', 'LeftoverSlice', onPort(80, readyPods)],
    ['Info', 'ServiceHasNoSelector', []],
  );
  expect(await told(['httpbin', '-n', own])).toEqual(left);
  const { slices } = await kubectlStates(plane, own);
  expect(slices.filter((state) => state === `${ip} ready`)).toHaveLength(2);

  await patch({ selector });
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  expect(await told(['httpbin', '-n', own])).toEqual(synced());
});

test('a Service made again by the same name is in sync', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  const uid = () => plane.output(['get', 'service', 'httpbin', '-n', own, '-o', 'jsonpath={.metadata.uid}']);
  const before = await uid();
  await plane.output(['delete', 'service', 'httpbin', '-n', own]);
  await plane.apply(httpbin({ namespace: own, replicas: 3 }));
  expect(await uid()).not.toBe(before);
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  expect(await told(['httpbin', '-n', own])).toEqual(synced());
});
