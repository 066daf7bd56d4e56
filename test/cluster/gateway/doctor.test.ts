import { expect, onTestFinished, test } from 'vitest';
import type { DoctorReport } from '../../../source/core/doctor/report.ts';
import { configurationInLog } from '../../../source/gateways/apisix/installation/start-log.ts';
import { eps } from '../eps.ts';
import { namespace, sharedPlane } from '../fixtures.ts';
import { freePort } from '../plane/ports.ts';
import { eventually } from '../wait.ts';
import { startGateway } from './gateway.ts';
import type { ControllerSettings } from './ingress-controller.ts';

const plane = sharedPlane();
const inApisix = 'ingress-apisix';
const name = 'apisix-ingress-controller';
const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'apisix' };

/** What the Helm release `apisix` leaves of its controller, beside the ConfigMap that the controller was started with. */
function controllerDeployment(): object {
  const container = {
    name: 'ingress-controller',
    image: `apache/${name}:1.8.4`,
    command: ['/ingress-apisix/apisix-ingress-controller', 'ingress'],
    args: ['--config-path', '/ingress-apisix/conf/config.yaml'],
    volumeMounts: [
      { name: 'configuration', mountPath: '/ingress-apisix/conf/config.yaml', subPath: 'config.yaml' },
    ],
  };
  const volumes = [{ name: 'configuration', configMap: { name: 'apisix-configmap' } }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: inApisix, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 0, containers: [container], volumes },
      },
    },
  };
}

async function doctor(...args: readonly string[]): Promise<DoctorReport> {
  const { code, stdout, stderr } = await eps(['doctor', ...args, '-o', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as DoctorReport;
}

/** Codes but those of bugs that the versions have. */
const codes = ({ findings }: DoctorReport) =>
  findings.map(({ code }) => code).filter((code) => code !== 'KnownBug');

test.each<[string, ControllerSettings, string, string, readonly string[]]>([
  ['Endpoints', {}, 'Endpoints', 'AdminApi', ['ControllerReadsEndpoints', 'EndpointsDeprecated']],
  ['EndpointSlices', { kubernetes: { watch_endpoint_slices: true } }, 'EndpointSlices', 'AdminApi', []],
  [
    'Endpoints, for its key is misspelt',
    { kubernetes: { watch_endpointslices: true } },
    'Endpoints',
    'AdminApi',
    ['WatchEndpointSlicesMisspelt', 'EndpointsDeprecated'],
  ],
  [
    'EndpointSlices and plays etcd',
    {
      kubernetes: { watch_endpoint_slices: true },
      etcdserver: { enabled: true, prefix: '/apisix', listen_address: `127.0.0.1:${await freePort()}` },
    },
    'EndpointSlices',
    'EtcdServer',
    [],
  ],
])(
  'doctor says of the real ingress controller that it reads %s',
  async (_, settings, reads, writesTo, found) => {
    const gateway = await startGateway(plane, settings);
    onTestFinished(gateway.stop);
    await plane.apply([controllerDeployment()]);
    await plane.output([
      'rollout',
      'status',
      `deployment/${name}`,
      `--namespace=${inApisix}`,
      '--timeout=60s',
    ]);
    const report = await doctor();
    expect(report.controllers).toMatchObject([
      { namespace: inApisix, name, generation: '1.x', version: '1.8.4', reads, writesTo },
    ]);
    expect(report.versions).toMatchObject([
      { component: 'kubernetes', version: 'v1.37.2' },
      { component: 'apisix', version: '3.18.0', where: `${inApisix}/apisix` },
      { component: name, version: '1.8.4', where: `${inApisix}/${name}` },
    ]);
    expect(codes(report)).toEqual(found);
    // What it printed when it started is the proof.
    const said = configurationInLog(gateway.controllerLog());
    expect(said).toMatchObject({
      kubernetes: { watch_endpoint_slices: reads === 'EndpointSlices' },
      etcdserver: { enabled: writesTo === 'EtcdServer' },
    });
  },
);

test('doctor tells a user what is lost for want of a permission, as kubectl auth can-i sees it', async () => {
  const here = await namespace(plane);
  const user = `doctor-${here}`;
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: user };
  const metadata = { name: user, namespace: here };
  const rules = [{ apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list'] }];
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  await plane.apply([
    { apiVersion, kind: 'Role', metadata, rules },
    { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects },
  ]);
  const as = ['-n', here, '--as', user];
  const canI = async (hint: string) =>
    (await plane.output([...hint.split(' ').slice(1), '--as', user])).trim();
  await eventually('the role to count', async () => {
    const { code } = await plane.kubectl(['auth', 'can-i', 'list', 'pods', ...as]);
    return code === 0;
  });
  const { findings, permissions } = await doctor(...as);
  const denied = findings.filter(({ code }) => code === 'PermissionDenied');
  expect(denied.map(({ layer, severity }) => `${severity} ${layer}`)).toContain('Warning EndpointSlices');
  for (const { hint } of denied) {
    const { stdout } = await plane.kubectl([...hint.split(' ').slice(1), '--as', user]);
    expect(`${hint}: ${stdout.trim()}`).toBe(`${hint}: no`);
  }
  expect(await canI(`kubectl auth can-i get services -n ${here}`)).toBe('yes');
  const allowed = permissions.filter((permission) => permission.allowed === 'Yes');
  expect(allowed.map(({ verb, resource }) => `${verb} ${resource}`)).toEqual([
    'get services',
    'list services',
    'list pods',
  ]);
});
