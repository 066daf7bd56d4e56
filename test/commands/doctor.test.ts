import type { RequestListener } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import type { DoctorReport } from '../../source/core/doctor/report.ts';
import { sendJson, sendStatus } from '../helpers/api-server.ts';
import { folder, serve } from '../helpers/cluster.ts';
import { apisixPod, configMap, controllerFile, controllerPod, deployedPod } from '../helpers/installation.ts';
import { fakeIo } from '../helpers/io.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';

const publicKey = 'edd1c9f034335f136f87ad84b625c8f1';
const viewerKey = '4054f7cf07e344346cd3f287985e76a2';
const ownKey = '5e1ec7ed0ad31174e7a5c0de0f0ff1ce';
const inApisix = '/api/v1/namespaces/ingress-apisix';

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);

type Cluster = {
  readonly version?: string;
  readonly pods?: readonly unknown[];
  /** Answers by path; a number is the status of a refusal, a text a log. */
  readonly paths?: Readonly<Record<string, unknown>>;
  /** `verb resource` that the user may not do. */
  readonly denied?: readonly string[];
  /** Of the API server, in seconds beside the test's. */
  readonly clock?: number;
  readonly reviews?: 'Refused';
};

type Asked = { readonly method: string; readonly path: string; readonly body: string };

function listener(cluster: Cluster, asked: Asked[]): RequestListener {
  const { version = 'v1.37.2', pods = [], paths = {}, denied = [], clock = 0, reviews } = cluster;
  const answers: Readonly<Record<string, unknown>> = {
    '/version': { gitVersion: version },
    '/api/v1/pods': { items: pods },
    [`${inApisix}/services`]: { items: [] },
    ...paths,
  };
  return (request, response) => {
    const chunks: string[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '', 'http://test');
      const body = chunks.join('');
      asked.push({ method: request.method ?? '', path: pathname, body });
      response.setHeader('Date', new Date(Date.parse('2026-01-02T03:04:05Z') + clock * 1000).toUTCString());
      if (pathname.endsWith('/selfsubjectaccessreviews')) {
        if (reviews === 'Refused') {
          sendStatus(response, 403, 'Forbidden', 'selfsubjectaccessreviews is forbidden');
          return;
        }
        const { spec } = JSON.parse(body) as {
          readonly spec: { readonly resourceAttributes: Readonly<Record<string, string>> };
        };
        const { verb = '', resource = '', subresource } = spec.resourceAttributes;
        const what = `${verb} ${[resource, subresource ?? []].flat().join('/')}`;
        sendJson(response, { status: { allowed: !denied.includes(what) } }, 201);
        return;
      }
      const answer = answers[pathname] ?? 404;
      if (typeof answer === 'number') sendStatus(response, answer, 'Forbidden', 'not for you');
      else if (typeof answer === 'string') response.end(answer);
      else sendJson(response, answer);
    });
  };
}

async function doctor(cluster: Cluster, ...args: readonly string[]) {
  const asked: Asked[] = [];
  const { url } = await serve(listener(cluster, asked));
  const kubeconfig = folder.write('config', kubeconfigText(url));
  const { io, stdout, stderr } = fakeIo(['doctor', '--kubeconfig', kubeconfig, ...args]);
  const code = await main(io);
  return { code, stdout: stdout().replaceAll(url, 'SERVER'), stderr: stderr(), asked };
}

async function report(cluster: Cluster): Promise<DoctorReport> {
  const { code, stdout, stderr } = await doctor(cluster, '-o', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document = JSON.parse(stdout) as DoctorReport;
  validate(document);
  expect(validate.errors).toBeNull();
  return document;
}

/** Codes but those of bugs that the versions have. */
const codes = ({ findings }: DoctorReport) =>
  findings.map(({ code }) => code).filter((code) => code !== 'KnownBug');

const safeApisix = configMap(
  'apisix',
  `deployment: { admin: { allow_admin: [127.0.0.1/24], admin_key: [{ role: admin, key: ${ownKey} }] } }`,
);

/** The release `apisix` with a controller 1.8.4 of this configuration. */
function release(config: string, paths: Cluster['paths'] = {}): Cluster {
  return {
    pods: [apisixPod(), controllerPod()],
    paths: {
      [`${inApisix}/configmaps/apisix`]: safeApisix,
      [`${inApisix}/configmaps/apisix-configmap`]: configMap(
        'apisix-configmap',
        config.replace(publicKey, ownKey),
      ),
      ...paths,
    },
  };
}

const controllerLog = `${inApisix}/pods/apisix-ingress-controller-7d5689c4d-228tr/log`;

describe('doctor tells what a controller really reads', () => {
  test('Endpoints', async () => {
    const document = await report(release(controllerFile('off.config.yaml')));
    expect(document.controllers).toEqual([
      {
        namespace: 'ingress-apisix',
        name: 'apisix-ingress-controller',
        pods: ['apisix-ingress-controller-7d5689c4d-228tr'],
        generation: '1.x',
        version: '1.8.4',
        writesTo: 'AdminApi',
        reads: 'Endpoints',
        source: 'ConfigMap ingress-apisix/apisix-configmap',
      },
    ]);
    expect(codes(document)).toEqual(['ControllerReadsEndpoints', 'EndpointsDeprecated']);
  });

  test('EndpointSlices', async () => {
    const document = await report(release(controllerFile('on.config.yaml')));
    expect(document.controllers).toMatchObject([{ reads: 'EndpointSlices' }]);
    expect(codes(document)).toEqual([]);
  });

  test('Endpoints, because the key for EndpointSlices is misspelt', async () => {
    const document = await report(release(controllerFile('chartkey.config.yaml')));
    expect(document.controllers).toMatchObject([{ reads: 'Endpoints' }]);
    expect(codes(document)).toEqual(['WatchEndpointSlicesMisspelt', 'EndpointsDeprecated']);
    expect(document.findings[0]).toMatchObject({
      severity: 'Error',
      hint: 'kubectl edit configmap apisix-configmap -n ingress-apisix',
    });
  });

  test('no misspelling where the right key is set beside the wrong one', async () => {
    const both = controllerFile('chartkey.config.yaml').replace(
      'watch_endpointslices: true',
      'watch_endpointslices: true\n  watch_endpoint_slices: true',
    );
    expect(codes(await report(release(both)))).toEqual([]);
  });

  test('by its start log, when the ConfigMap was changed since', async () => {
    const log = { [controllerLog]: controllerFile('aic-off.startup.log') };
    const document = await report(release(controllerFile('on.config.yaml'), log));
    expect(document.controllers).toMatchObject([
      { reads: 'Endpoints', source: 'log of pod apisix-ingress-controller-7d5689c4d-228tr' },
    ]);
    expect(document.findings.find(({ code }) => code === 'ControllerReadsEndpoints')?.hint).toContain(
      'kubectl rollout restart deployment/apisix-ingress-controller -n ingress-apisix',
    );
  });

  test('by its start log alone, when the ConfigMap may not be read', async () => {
    const paths = {
      [`${inApisix}/configmaps/apisix-configmap`]: 403,
      [controllerLog]: controllerFile('aic-on.startup.log'),
    };
    const document = await report(release('', paths));
    expect(document.controllers).toMatchObject([{ reads: 'EndpointSlices', writesTo: 'AdminApi' }]);
    expect(document.notes).toContain(
      'cannot read ConfigMap ingress-apisix/apisix-configmap: no right to get it',
    );
  });

  test('nothing, when neither may be read', async () => {
    const paths = { [`${inApisix}/configmaps/apisix-configmap`]: 403, [controllerLog]: 403 };
    const document = await report(release('', paths));
    const [controller] = document.controllers;
    expect(controller).toMatchObject({
      unread: 'cannot read ConfigMap ingress-apisix/apisix-configmap: no right to get it',
      writesTo: 'Unknown',
    });
    expect(controller).not.toHaveProperty('reads');
    expect(codes(document)).toEqual([]);
  });

  test('that it plays etcd for APISIX', async () => {
    const etcd = `${controllerFile('on.config.yaml')}etcdserver: { enabled: true }\n`;
    expect((await report(release(etcd))).controllers).toMatchObject([{ writesTo: 'EtcdServer' }]);
  });

  test('EndpointSlices of every 2.x', async () => {
    const containers = [
      { name: 'manager', image: 'apache/apisix-ingress-controller:2.1.0' },
      { name: 'adc-server', image: 'ghcr.io/api7/adc:0.23.1' },
    ];
    const document = await report({ pods: [deployedPod({ name: 'apisix-ingress-controller', containers })] });
    expect(document.controllers).toMatchObject([{ generation: '2.x', reads: 'EndpointSlices' }]);
    const bugs = document.findings.filter(({ message }) => /controller 2|adc/.test(message));
    expect(bugs.map(({ message }) => message.replace(/ \(.*/, ''))).toEqual([
      'apisix-ingress-controller 2.1.0',
      'adc 0.23.1',
      'apisix-ingress-controller 2.1.0',
    ]);
  });
});

describe('doctor finds', () => {
  test('the default keys wherever they lie, and prints none', async () => {
    const apisix = configMap(
      'apisix',
      `deployment: { admin: { admin_key: [{ role: viewer, key: ${viewerKey} }, { role: admin, key: ${ownKey} }] } }`,
    );
    const cluster = release(controllerFile('on.config.yaml'), {
      [`${inApisix}/configmaps/apisix`]: apisix,
      [`${inApisix}/configmaps/apisix-configmap`]: configMap(
        'apisix-configmap',
        controllerFile('on.config.yaml'),
      ),
      '/apis/apisix.apache.org/v1alpha1/namespaces/ingress-apisix/gatewayproxies': {
        items: [
          {
            metadata: { namespace: 'ingress-apisix', name: 'proxy' },
            spec: { provider: { controlPlane: { auth: { adminKey: { value: publicKey } } } } },
          },
        ],
      },
    });
    const found = (await report(cluster)).findings.filter(({ code }) => code === 'DefaultAdminKey');
    expect(found.map(({ severity, message }) => `${severity} ${message.split(' holds ')[0] ?? ''}`)).toEqual([
      'Error ConfigMap ingress-apisix/apisix-configmap',
      'Error GatewayProxy ingress-apisix/proxy',
      'Warning ConfigMap ingress-apisix/apisix',
    ]);
    const outputs = await Promise.all(
      ['json', 'yaml', 'wide'].map(async (output) => (await doctor(cluster, '-o', output)).stdout),
    );
    expect(outputs.join('')).not.toMatch(new RegExp([publicKey, viewerKey, ownKey].join('|')));
  });

  test('an admin API that is open to the cluster, and one that is open to the world', async () => {
    const service = {
      metadata: { namespace: 'ingress-apisix', name: 'apisix-admin' },
      spec: {
        type: 'NodePort',
        selector: { 'app.kubernetes.io/name': 'apisix' },
        ports: [{ port: 9180, targetPort: 9180, nodePort: 31_180 }],
      },
    };
    const gateway = {
      metadata: { namespace: 'ingress-apisix', name: 'apisix-gateway' },
      spec: { ...service.spec, ports: [{ port: 80, targetPort: 9080, nodePort: 31_080 }] },
    };
    const inner = {
      metadata: { namespace: 'ingress-apisix', name: 'inner' },
      spec: { ...service.spec, type: 'ClusterIP' },
    };
    const document = await report({
      pods: [apisixPod()],
      paths: {
        [`${inApisix}/configmaps/apisix`]: configMap(
          'apisix',
          'deployment: { admin: { allow_admin: [127.0.0.1/24, 0.0.0.0/0] } }',
        ),
        [`${inApisix}/services`]: { items: [service, gateway, inner] },
      },
    });
    expect(document.findings.filter(({ code }) => code === 'AdminApiExposed')).toMatchObject([
      {
        severity: 'Error',
        message:
          'Service ingress-apisix/apisix-admin of type NodePort opens the admin API to the outside of the cluster (port 31180)',
      },
      { severity: 'Warning', message: expect.stringContaining('allow_admin contains 0.0.0.0/0') as string },
    ]);
  });

  test('a permission that is missing, with what is lost and how to ask kubectl', async () => {
    const document = await report({ denied: ['list endpointslices', 'get pods/portforward'] });
    expect(document.findings.filter(({ code }) => code === 'PermissionDenied')).toMatchObject([
      {
        severity: 'Warning',
        layer: 'EndpointSlices',
        message:
          'no permission to list endpointslices in shop: EndpointSlices is Unread: diff can only say Unknown',
        hint: 'kubectl auth can-i list endpointslices.discovery.k8s.io -n shop',
      },
      {
        layer: 'Upstream',
        hint: 'kubectl auth can-i get pods --subresource=portforward -n ingress-apisix',
      },
    ]);
  });

  test('no permission missing where the reviews themselves are refused', async () => {
    const document = await report({ reviews: 'Refused' });
    expect(new Set(document.permissions.map(({ allowed }) => allowed))).toEqual(new Set(['Unknown']));
    expect(document.permissions[0]?.reason).toBe('selfsubjectaccessreviews is forbidden');
    expect(codes(document)).toEqual([]);
  });

  test('the bugs of exactly these versions', async () => {
    const bugs = async (version: string) =>
      (await report({ version })).findings.map(
        ({ severity, code, layer, hint }) => `${severity} ${code} ${layer} ${hint}`,
      );
    const frozen = 'Warning KnownBug Endpoints kubectl eps explain EndpointsFrozen  # fixed in 1.31.2';
    expect(await bugs('v1.31.1')).toContain(frozen);
    expect(await bugs('v1.31.2')).not.toContain(frozen);
  });

  test('no bug of a discovery that is not in use', async () => {
    const messages = async (config: string) => {
      const paths = { [`${inApisix}/configmaps/apisix`]: configMap('apisix', config) };
      const { findings } = await report({ pods: [apisixPod('apache/apisix:3.14.1')], paths });
      return findings.map(({ message }) => message).join('\n');
    };
    const bug = 'the nodes are filed under the name of the slice';
    expect(await messages('deployment: {}')).not.toContain(bug);
    expect(await messages('discovery: { kubernetes: {} }')).toContain(bug);
  });

  test('that a version is not known, without calling it a bug', async () => {
    const document = await report({ pods: [apisixPod('apache/apisix:dev')] });
    expect(document.notes).toContain(
      'cannot tell which known bugs apisix of ingress-apisix/apisix has: its version is not known',
    );
    expect(document.findings.filter(({ message }) => message.startsWith('apisix '))).toEqual([]);
  });

  test.each([
    [-60, ["the clock of this machine is 59 s ahead of the API server's: ages and times are off by so much"]],
    [60, ["the clock of this machine is 60 s behind the API server's: ages and times are off by so much"]],
    [3, []],
    [0, []],
  ])('clocks that differ, if the server is %i s ahead', async (clock, notes) => {
    const document = await report({ clock });
    expect(document.notes.filter((note) => note.includes('clock'))).toEqual(notes);
  });
});

test('doctor prints a table of the same', async () => {
  const cluster = release(controllerFile('chartkey.config.yaml'));
  const { code, stdout } = await doctor({ ...cluster, denied: ['list nodes'] });
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "COMPONENT                   VERSION   WHERE
    kubernetes                  v1.37.2   SERVER
    apisix                      3.18.0    ingress-apisix/apisix
    apisix-ingress-controller   1.8.4     ingress-apisix/apisix-ingress-controller

    CONTROLLER                                 PODS     GENERATION   READS       WRITES TO   AS SAID BY
    ingress-apisix/apisix-ingress-controller   1        1.x          Endpoints   AdminApi    ConfigMap ingress-apisix/apisix-configmap

    x WatchEndpointSlicesMisspelt: ConfigMap ingress-apisix/apisix-configmap sets watch_endpointslices: true, which ingress-apisix/apisix-ingress-controller ignores: it wants watch_endpoint_slices, and reads Endpoints, cut at 1000 addresses
        kubectl edit configmap apisix-configmap -n ingress-apisix
    ! KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): a replica that is not the leader writes old nodes when an ApisixUpstream changes
        kubectl eps explain StaleInUpstream  # fixed in 2.0.0-rc1
    ! KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): it compares resourceVersions as text, so the first change of a Service after the number gains a digit is lost until the next resync
        kubectl eps explain StaleInUpstream  # fixed in 2.0.0-rc1
    ! KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): it never again touches the upstream of a port that was removed from its Service
        kubectl eps explain OrphanUpstreamPort  # fixed in 2.0.0-rc1
    ! KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): started before the pods, it writes an upstream without nodes and does not fill it when pods come
        kubectl eps explain UpstreamEmpty  # fixed in 2.0.0-rc1
    ! KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): told to read EndpointSlices, it ignores changes of mirrored and hand-made ones until a route changes or a resync comes
        kubectl eps explain StaleInUpstream  # fixed in 2.0.0-rc1
    i KnownBug: kubernetes v1.37.2 (SERVER): pods on a missing Node are left out of EndpointSlices and kept in Endpoints, by design
        kubectl eps explain NodeMissing  # no release is free of it
    i PermissionDenied: no permission to list nodes: diff cannot find NodeMissing and NodeNotReady, and prints no zones
        kubectl auth can-i list nodes
    i EndpointsDeprecated: ingress-apisix/apisix-ingress-controller reads the Endpoints API, deprecated since Kubernetes 1.33 (the server is v1.37.2)
        kubectl eps explain EndpointsDeprecated
    i KnownBug: kubernetes v1.37.2 (SERVER): the endpoints controller writes 1000 addresses at most, by design (1.21 only warns)
        kubectl eps explain EndpointsTruncated  # no release is free of it
    i KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): for a headless Service with resolveGranularity: service it writes a node of the host "None", in 2.2.0 still
        kubectl eps explain HeadlessNoneNode  # no release is free of it
    "
  `);
});

test('doctor lists every permission with -o wide, and creates nothing but reviews', async () => {
  const { stdout, asked } = await doctor({}, '-o', 'wide');
  expect(stdout).toMatch(/^list endpointslices\.discovery\.k8s\.io +shop +yes +diff,snapshot$/m);
  const posts = asked.filter(({ method }) => method !== 'GET');
  expect(posts.length).toBeGreaterThan(10);
  expect(new Set(posts.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews']),
  );
  expect(asked.filter(({ path }) => path.includes('/secrets'))).toEqual([]);
});

test('doctor does not ask an old server for a permission that it does not know', async () => {
  const denied = ['create pods/portforward'];
  expect(codes(await report({ version: 'v1.34.1', denied }))).toEqual([]);
  expect(codes(await report({ version: 'v1.35.0', denied }))).toEqual(['PermissionDenied']);
});

test('doctor looks in the usual namespaces when it may not look everywhere, and says so', async () => {
  const paths = { '/api/v1/pods': 403, [`${inApisix}/pods`]: { items: [apisixPod()] } };
  const document = await report({ paths });
  expect(document.versions).toContainEqual({
    component: 'apisix',
    version: '3.18.0',
    where: 'ingress-apisix/apisix',
  });
  expect(document.notes).toContain(
    'APISIX and its controllers were looked for in shop, ingress-apisix, apisix only: no right to list pods elsewhere',
  );
});

test('doctor fails with 1 when the API server refuses to talk', async () => {
  const { code, stdout, stderr } = await doctor({ paths: { '/version': 401 } });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe('error: You must be logged in to the server (not for you)\n');
});
