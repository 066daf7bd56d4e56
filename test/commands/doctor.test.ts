import { describe, expect, test } from 'vitest';
import { codes, doctor, inApisix, release, report } from '../helpers/doctor.ts';
import { apisixPod, configMap, controllerFile } from '../helpers/installation.ts';
import { secrets, withoutSecrets } from '../helpers/secrets.ts';

describe('doctor finds', () => {
  test('the default keys wherever they lie, and prints none', async () => {
    const { adminKey, publicAdminKey, publicViewerKey } = secrets;
    const apisix = configMap(
      'apisix',
      `deployment: { admin: { admin_key: [{ role: viewer, key: ${publicViewerKey} }, { role: admin, key: ${adminKey} }] } }`,
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
            spec: { provider: { controlPlane: { auth: { adminKey: { value: publicAdminKey } } } } },
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
    expect(withoutSecrets(outputs.join(''))).toContain('DefaultAdminKey');
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
    i PermissionDenied: no permission to list nodes: diff cannot find NodeMissing and NodeNotReady, and prints no zones
        kubectl auth can-i list nodes
    i EndpointsDeprecated: ingress-apisix/apisix-ingress-controller reads the Endpoints API, deprecated since Kubernetes 1.33 (the server is v1.37.2)
        kubectl eps explain EndpointsDeprecated
    i KnownBug: apisix-ingress-controller 1.8.4 (ingress-apisix/apisix-ingress-controller): for a headless Service with resolveGranularity: service it writes a node of the host "None", in 2.2.0 still
        kubectl eps explain HeadlessNoneNode  # no release is free of it
    "
  `);
});

test('doctor says that nothing is wrong where nothing is', async () => {
  expect((await doctor({})).stdout).toMatch(/\nnote: no APISIX [^\n]+\n\nNothing is wrong\.\n$/);
});

test('doctor lists every permission with -o wide, and creates nothing but reviews', async () => {
  const { stdout, asked } = await doctor({}, '-o', 'wide');
  expect(stdout).toMatch(/^list endpointslices\.discovery\.k8s\.io +shop +yes +diff,list,snapshot$/m);
  expect(stdout).toMatch(/^watch pods +shop +yes +diff,list$/m);
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
    'APISIX and its controllers were looked for in ingress-apisix only: no right to list pods elsewhere',
  );
});

test('doctor says that it could not look for APISIX where it may list no pods at all', async () => {
  const paths = { '/api/v1/pods': 403, [`${inApisix}/pods`]: 403 };
  const { notes, findings } = await report({ paths, denied: ['list pods'] });
  expect(notes).toContain('APISIX and its controllers could not be looked for: no right to list pods');
  expect(findings.map(({ message }) => message)).toContain(
    'no permission to list pods in ingress-apisix: APISIX cannot be looked for there, and must be named: --apisix-pod=NAMESPACE/POD',
  );
});

test('doctor fails with 1 when the API server refuses to talk', async () => {
  const { code, stdout, stderr } = await doctor({ paths: { '/version': 401 } });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe('error: You must be logged in to the server (not for you)\n');
});
