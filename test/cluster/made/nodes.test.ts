import { expect, test } from 'vitest';
import { diff, drift, onPort, synced, told } from '../eps.ts';
import { namespace, sharedPlane } from '../fixtures.ts';
import { kubectlView } from '../kubectl-view.ts';
import { fakeNode } from '../plane/nodes.ts';
import { settledHttpbin } from '../settled.ts';
import { eventually } from '../wait.ts';
import { pod, podIps } from './pods.ts';

const plane = sharedPlane();

test('pods whose Node is deleted are found: gone from the slices, still in Endpoints', async () => {
  const own = await namespace(plane);
  const doomed = `doomed-${own}`;
  const names = ['stranded-1', 'stranded-2'];
  await plane.apply([fakeNode(doomed, 'zone-0')]);
  await plane.output(['wait', '--for=condition=Ready', 'node', doomed, '--timeout=60s']);
  // Only what names it comes there.
  await plane.output(['cordon', doomed]);
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  await plane.apply(names.map((name) => pod({ namespace: own, name, ports: [], nodeName: doomed })));
  await plane.output(['wait', '--for=condition=Ready', 'pods', ...names, '-n', own, '--timeout=60s']);
  const ips = await podIps(plane, own);
  const stranded = names.map((name) => ips.get(name) ?? '');
  await eventually('five addresses in Endpoints', async () => {
    const { endpoints } = await kubectlView(plane, own);
    return endpoints.length === 5;
  });

  await plane.output(['delete', 'node', doomed]);
  const found = drift(['Error', 'NodeMissing', onPort(80, stranded)]);
  expect(await told(['httpbin', '-n', own])).toEqual(found);

  // The endpointslice controller looks at a Service again when one of its pods changes.
  await plane.output(['scale', 'deployment/httpbin-deployment', '-n', own, '--replicas=4']);
  const safe = await eventually('slices without two of the addresses that Endpoints holds', async () => {
    const { slices, endpoints } = await kubectlView(plane, own);
    return slices.length === 4 && [...slices, ...stranded].sort().join() === endpoints.join() && slices;
  });
  expect(await told(['httpbin', '-n', own])).toEqual(found);
  const { report } = await diff(['httpbin', '-n', own]);
  expect(report.addresses.filter(({ node }) => node === doomed)).toMatchObject(
    stranded.map(() => ({
      in: { Pods: 'Ready', EndpointSlices: 'Absent', Endpoints: 'Ready' },
      firstDivergence: 'EndpointSlices',
      because: 'NodeMissing',
    })),
  );

  await plane.output(['delete', 'pods', ...names, '-n', own, '--force', '--grace-period=0']);
  await eventually('Endpoints without them', async () => {
    const { endpoints } = await kubectlView(plane, own);
    return endpoints.join() === safe.join();
  });
  expect(await told(['httpbin', '-n', own])).toEqual(synced());
});
