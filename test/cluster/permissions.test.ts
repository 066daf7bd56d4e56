import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ServiceReport } from '../../source/core/report.ts';
import { codes, diff, env } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import { straySlice } from './services.ts';
import { settledHttpbin } from './settled.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();
const as = ['--as', 'no-endpoints'];
const asLister = ['--as', 'no-watch'];

/** A user who may get and list these kinds of Kubernetes and the slices, and nothing else. */
function userOf(user: string, resources: readonly string[]): readonly object[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const apiGroup = 'rbac.authorization.k8s.io';
  const verbs = ['get', 'list'];
  const rules = [
    { apiGroups: [''], resources, verbs },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs },
  ];
  const metadata = { name: user };
  const roleRef = { apiGroup, kind: 'ClusterRole', name: user };
  const subjects = [{ apiGroup, kind: 'User', name: user }];
  return [
    { apiVersion, kind: 'ClusterRole', metadata, rules },
    { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects },
  ];
}

beforeAll(async () => {
  const kinds = ['services', 'pods', 'nodes', 'namespaces'];
  await plane.apply([...userOf('no-endpoints', kinds), ...userOf('no-watch', [...kinds, 'endpoints'])]);
  await eventually('the roles to count', async () => {
    const answers = await Promise.all(
      [as, asLister].map((who) => plane.kubectl(['auth', 'can-i', 'list', 'endpointslices', '-A', ...who])),
    );
    return answers.every(({ code }) => code === 0);
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

test('without the right to watch -w follows a Service by lists', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const { code } = await plane.kubectl(['auth', 'can-i', 'watch', 'pods', '-n', own, ...asLister]);
  expect(code).toBe(1);
  const args = ['eps', 'diff', 'httpbin', '-n', own, '-w', '-o', 'json', ...asLister];
  const child = spawn('kubectl', args, { env });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill();
    await closed;
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const reports = () =>
    printed
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as ServiceReport);
  await eventually('the first verdict', () => reports().length > 0);
  await plane.apply([straySlice({ namespace: own, service: 'httpbin', addresses: ['192.0.2.1'] })]);
  await eventually('the stray slice to be told', () => reports().at(-1)?.status === 'Drift');
  const statuses = new Set(reports().map(({ status }) => status));
  expect(statuses).toEqual(new Set(['Synced', 'Drift']));
});
