import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ClusterFlags } from '../../../source/sources/kubernetes/connection/flags.ts';
import { sendStatus, tlsFile } from '../../helpers/api-server.ts';
import { folder, mirror, mirrored, open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

/** The subject of test/fixtures/tls/client.crt. */
const clientName = 'CN=kubectl-eps test only client\nO=testers';

test('server, namespace and context are those of the kubeconfig', async () => {
  const { url } = await serve(mirror);
  const cluster = await open(kubeconfigText(url));
  expect(cluster).toMatchObject({ server: url, namespace: 'shop', contextName: 'test' });
});

test('path and query reach the server below the prefix of its URL', async () => {
  const { url } = await serve(mirror);
  const cluster = await open(kubeconfigText(`${url}/k8s/clusters/c-1/`));
  const answer = await cluster.get('/api/v1/pods', { labelSelector: 'app in (a,b)' });
  expect(answer).toMatchObject({ url: '/k8s/clusters/c-1/api/v1/pods?labelSelector=app+in+%28a%2Cb%29' });
});

test('requests one after another share one connection', async () => {
  const { url, connections } = await serve(mirror);
  const cluster = await open(kubeconfigText(url));
  for (let count = 0; count < 3; count += 1) await cluster.get('/version');
  expect(connections()).toBe(1);
});

test('a client certificate is shown, from files, inline or by flags', async () => {
  const { url } = await serve(mirror);
  const inline = (name: string) => readFileSync(tlsFile(name)).toString('base64');
  const clientSeen = async (user: Readonly<Record<string, unknown>>, flags?: ClusterFlags) =>
    (await mirrored(await open(kubeconfigText(url, user), flags))).client;
  const [certificate, key] = [tlsFile('client.crt'), tlsFile('client.key')];
  expect(await clientSeen({ 'client-certificate': certificate, 'client-key': key })).toBe(clientName);
  const data = { 'client-certificate-data': inline('client.crt'), 'client-key-data': inline('client.key') };
  expect(await clientSeen(data)).toBe(clientName);
  expect(await clientSeen({}, { clientCertificate: certificate, clientKey: key })).toBe(clientName);
  expect(await clientSeen({})).toBeUndefined();
});

test('a token comes from the kubeconfig, from its file or from the flag, which wins', async () => {
  const { url } = await serve(mirror);
  const authorization = async (user: Readonly<Record<string, unknown>>, flags?: ClusterFlags) =>
    (await mirrored(await open(kubeconfigText(url, user), flags))).headers.authorization;
  expect(await authorization({ token: 'inline' })).toBe('Bearer inline');
  folder().write('token', 'from-file\n');
  expect(await authorization({ tokenFile: 'token' })).toBe('Bearer from-file');
  expect(await authorization({ tokenFile: 'token' }, { token: 'flag' })).toBe('Bearer flag');
  expect(await authorization({ username: 'me', password: 'secret' })).toBe(`Basic ${btoa('me:secret')}`);
});

/** A credential plugin that gives `token-1`, `token-2`, ... and writes down what it was told. */
function plugin() {
  const counter = folder().write('counter', '');
  const script = folder().write(
    'plugin.mjs',
    `import fs from 'node:fs';
     const { apiVersion } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
     fs.appendFileSync(${JSON.stringify(counter)}, '.');
     const token = 'token-' + fs.readFileSync(${JSON.stringify(counter)}).length;
     process.stdout.write(JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token } }));`,
  );
  return {
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [script] },
  };
}

test('a credential plugin is run once for many requests', async () => {
  const { url } = await serve(mirror);
  const cluster = await open(kubeconfigText(url, plugin()));
  await cluster.get('/version');
  expect((await mirrored(cluster)).headers.authorization).toBe('Bearer token-1');
});

test('a credential that ran out is renewed once for all requests under way', async () => {
  const { url } = await serve((request, response) => {
    if (request.headers.authorization === 'Bearer token-1') {
      sendStatus(response, 401, 'Unauthorized', 'Unauthorized');
    } else mirror(request, response);
  });
  const cluster = await open(kubeconfigText(url, plugin()));
  const answers = await Promise.all([mirrored(cluster), mirrored(cluster), mirrored(cluster)]);
  expect(answers.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer token-2'));
});

test('a credential plugin that is not there is told with its install hint', async () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'no-such-plugin',
    installHint: 'get it',
  };
  await expect(open(kubeconfigText('https://127.0.0.1:1', { exec }))).rejects.toMatchObject({
    message:
      'Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found',
    hint: 'get it',
    verbatim: true,
  });
});

test('a credential plugin that fails says why', async () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', 'process.stderr.write("log in first"); process.exitCode = 3'],
  };
  await expect(open(kubeconfigText('https://127.0.0.1:1', { exec }))).rejects.toThrow('failed: log in first');
});

test('impersonation goes in headers, from flags or kubeconfig', async () => {
  const { url } = await serve(mirror);
  const flags = { as: 'jane', asUid: '7', asGroup: ['dev', 'ops'], asUserExtra: ['scopes=a', 'scopes=b=c'] };
  const expected = {
    'impersonate-user': 'jane',
    'impersonate-uid': '7',
    'impersonate-group': 'dev, ops',
    'impersonate-extra-scopes': 'a, b=c',
  };
  expect((await mirrored(await open(kubeconfigText(url), flags))).headers).toMatchObject(expected);
  const user = {
    as: 'jane',
    'as-uid': '7',
    'as-groups': ['dev', 'ops'],
    'as-user-extra': { scopes: ['a', 'b=c'] },
  };
  expect((await mirrored(await open(kubeconfigText(url, user)))).headers).toMatchObject(expected);
});

test('groups without a user cannot be impersonated', async () => {
  await expect(open(kubeconfigText('https://127.0.0.1:1'), { asGroup: ['dev'] })).rejects.toThrow(
    'requesting uid, groups or user-extra without impersonating a user',
  );
});

test('gzip is asked for and unpacked, unless compression is switched off', async () => {
  const { url } = await serve((request, response) => {
    const isAsked = request.headers['accept-encoding'] === 'gzip';
    const body = JSON.stringify({ isAsked });
    response.writeHead(200, isAsked ? { 'content-encoding': 'gzip' } : {});
    response.end(isAsked ? gzipSync(body) : body);
  });
  expect(await (await open(kubeconfigText(url))).get('/')).toEqual({ isAsked: true });
  const plain = await open(kubeconfigText(url), { disableCompression: true });
  expect(await plain.get('/')).toEqual({ isAsked: false });
});

test('a missing file of the kubeconfig is named', async () => {
  const user = { 'client-certificate': 'gone.crt', 'client-key': 'gone.key' };
  await expect(open(kubeconfigText('https://127.0.0.1:1', user))).rejects.toThrow(
    `${folder().path}/gone.crt`,
  );
});
