import { beforeAll, expect, test } from 'vitest';
import { codes, diff } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import { straySlice } from './services.ts';
import { settledHttpbin } from './settled.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();
const user = 'no-endpoints';
const as = ['--as', user];

/** May read all that `diff` reads of Kubernetes but Endpoints. */
const role = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: user },
  rules: [
    { apiGroups: [''], resources: ['services', 'pods', 'nodes', 'namespaces'], verbs: ['get', 'list'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['get', 'list'] },
  ],
};

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: user },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: user },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
};

beforeAll(async () => {
  await plane.apply([role, binding]);
  await eventually('the role to count', async () => {
    const { code } = await plane.kubectl(['auth', 'can-i', 'list', 'endpointslices', '-A', ...as]);
    return code === 0;
  });
});

test('Endpoints that may not be read are Unread in the words of the server, and nothing is certain', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const { code, report } = await diff(['httpbin', '-n', own, ...as]);
  expect({ code, status: report.status, codes: codes(report) }).toEqual({
    code: 3,
    status: 'Unknown',
    codes: [],
  });
  const { stderr } = await plane.kubectl(['get', 'endpoints', 'httpbin', '-n', own, ...as]);
  const layer = report.layers.find(({ name }) => name === 'Endpoints');
  expect(layer).toMatchObject({ state: 'Unread' });
  expect(stderr.trim()).toBe(`Error from server (Forbidden): ${layer?.reason ?? ''}`);
  expect(report.addresses.map((row) => row.in)).toMatchObject([
    { Pods: 'Ready', EndpointSlices: 'Ready', Endpoints: 'Unread' },
    { Pods: 'Ready', EndpointSlices: 'Ready', Endpoints: 'Unread' },
  ]);
});

test('drift that is known all the same counts', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  await plane.apply([straySlice({ namespace: own, service: 'httpbin', addresses: ['192.0.2.1'] })]);
  const { code, report } = await diff(['httpbin', '-n', own, ...as]);
  expect({ code, status: report.status }).toEqual({ code: 1, status: 'Drift' });
  expect(report.findings).toMatchObject([{ layer: 'EndpointSlices', addresses: ['192.0.2.1:80'] }]);
  expect(report.layers).toContainEqual(expect.objectContaining({ name: 'Endpoints', state: 'Unread' }));
});
