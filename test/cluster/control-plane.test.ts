import { expect, test } from 'vitest';
import { namespace, sharedPlane } from './fixtures.ts';
import { httpbin } from './httpbin.ts';
import { crowd, gatherCrowd } from './settled.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();
const deployment = 'deployment/httpbin-deployment';

/** The values that a JSONPath finds in the objects of a kind. */
async function valuesOf(space: string, kind: string, jsonPath: string): Promise<readonly string[]> {
  const text = await plane.output(['get', kind, `--namespace=${space}`, '-o', `jsonpath=${jsonPath}`]);
  return text.split(' ').filter((value) => value !== '');
}

const sliceAddresses = (space: string) =>
  valuesOf(space, 'endpointslices', '{.items[*].endpoints[*].addresses[0]}');
const endpointsAddresses = (space: string) =>
  valuesOf(space, 'endpoints/httpbin', '{.subsets[*].addresses[*].ip}');

test('20 replicas become ready, on nodes in three zones', async () => {
  const space = await namespace(plane);
  await plane.apply(httpbin({ namespace: space, replicas: 20 }));
  await plane.output(['rollout', 'status', deployment, `--namespace=${space}`, '--timeout=60s']);

  expect(await valuesOf(space, deployment, '{.status.readyReplicas}')).toEqual(['20']);
  const addresses = await eventually('20 addresses in slices', async () => {
    const found = await sliceAddresses(space);
    return found.length === 20 && found;
  });
  const zones = await valuesOf(space, 'endpointslices', '{.items[*].endpoints[*].zone}');
  expect(new Set(zones)).toEqual(new Set(['zone-0', 'zone-1', 'zone-2']));
  await eventually('the same addresses in Endpoints', async () => {
    expect(new Set(await endpointsAddresses(space))).toEqual(new Set(addresses));
    return true;
  });
});

test('of 1500 replicas Endpoints keeps the 1000 addresses that come first as text, and says so', async () => {
  const { readyPods, endpoints } = await gatherCrowd(plane);
  expect(endpoints).toEqual(readyPods.slice(0, 1000));
  const annotation = String.raw`{.metadata.annotations.endpoints\.kubernetes\.io/over-capacity}`;
  expect(await valuesOf(crowd, 'endpoints/httpbin', annotation)).toEqual(['truncated']);
});

test('a user whom a certificate names has the rights that RBAC gives, as long as the certificate is valid', async () => {
  const space = await namespace(plane);
  const viewers = ['--clusterrole=view', '--group=viewers', `--namespace=${space}`];
  await plane.output(['create', 'rolebinding', 'viewers', ...viewers]);
  const ask = async (name: string, groups: readonly string[], expired: boolean) => {
    const kubeconfig = await plane.kubeconfigFor({ name, groups, expired });
    return plane.kubectl(['get', 'pods', `--namespace=${space}`, `--kubeconfig=${kubeconfig}`]);
  };

  await eventually(
    'the right of the viewers',
    async () => (await ask('jane', ['viewers'], false)).code === 0,
  );
  expect((await ask('jane', [], false)).stderr).toContain('User "jane" cannot list resource "pods"');
  expect((await ask('jane', ['viewers'], true)).stderr).toMatch(/provide credentials|Unauthorized/);
});
