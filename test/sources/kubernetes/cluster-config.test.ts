import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clusterConfig } from '../../../source/sources/kubernetes/connection/cluster-config.ts';
import type { ClusterFlags } from '../../../source/sources/kubernetes/connection/flags.ts';
import { secrets } from '../../helpers/secrets.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const main = folder.write(
  'main.yaml',
  `
apiVersion: v1
kind: Config
clusters:
- name: east
  cluster: {server: "https://east:6443", certificate-authority: pki/ca.crt, tls-server-name: east.internal}
- name: west
  cluster: {server: "https://west:6443", certificate-authority: x, certificate-authority-data: Q0E=}
users:
- name: jane
  user: {client-certificate: jane.crt, client-key: jane.key}
- name: joe
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/login}}
contexts:
- name: east
  context: {cluster: east, user: jane, namespace: shop}
- name: west
  context: {cluster: west, user: joe}
- name: broken
  context: {cluster: gone, user: gone}
current-context: east
`,
);
const second = folder.write(
  'second.yaml',
  `
clusters: [{name: east, cluster: {server: "https://other:6443"}}, {name: north, cluster: {server: "https://north"}}]
contexts: [{name: north, context: {cluster: north, user: jane}}]
current-context: north
`,
);

function config(flags: ClusterFlags, env: Readonly<Record<string, string>> = { KUBECONFIG: main }) {
  return clusterConfig(flags, env);
}

test('the current context gives server, namespace and user; paths are relative to their file', () => {
  expect(config({})).toMatchObject({
    contextName: 'east',
    namespace: 'shop',
    cluster: { 'certificate-authority': path.join(folder.path, 'pki/ca.crt') },
    user: { 'client-key': path.join(folder.path, 'jane.key') },
  });
  expect(config({}).server.href).toBe('https://east:6443/');
});

test('flags choose context, cluster, user and namespace', () => {
  const flags = { context: 'west', cluster: 'east', user: 'jane', namespace: 'dev' };
  expect(config(flags)).toMatchObject({
    contextName: 'west',
    namespace: 'dev',
    user: { 'client-key': path.join(folder.path, 'jane.key') },
  });
  expect(config(flags).server.host).toBe('east:6443');
});

test('without a namespace anywhere it is default, and empty flags are none', () => {
  expect(config({ context: 'west', namespace: '' }).namespace).toBe('default');
});

test('a credential plugin given with a slash lies beside its kubeconfig', () => {
  expect(config({ user: 'joe' }).user).toMatchObject({
    exec: { command: path.join(folder.path, 'bin/login') },
  });
});

test('several files of KUBECONFIG are merged, the first wins and a missing one is left out', () => {
  const env = { KUBECONFIG: [path.join(folder.path, 'none'), main, second].join(path.delimiter) };
  expect(config({}, env).contextName).toBe('east');
  expect(config({}, env).server.host).toBe('east:6443');
  expect(config({ context: 'north' }, env).server.href).toBe('https://north/');
});

test('~/.kube/config is read where nothing else is named', () => {
  expect(config({}, { HOME: folder.path }).server.href).toBe('http://localhost:8080/');
});

test('inline data beats the file beside it', () => {
  expect(config({ context: 'west' }).cluster).not.toHaveProperty('certificate-authority');
});

test('--server drops the TLS name of the file, and keeps its CA', () => {
  const { cluster } = config({ server: 'https://10.0.0.1' });
  expect(cluster).not.toHaveProperty('tls-server-name');
  expect(cluster).toHaveProperty('certificate-authority');
});

test('--insecure-skip-tls-verify drops the CA of the file', () => {
  expect(config({ insecureSkipTlsVerify: true }).cluster).not.toHaveProperty('certificate-authority');
});

test('what the file says of verifying and compressing holds, unless a flag says it too', () => {
  const said = { 'insecure-skip-tls-verify': true, 'disable-compression': true };
  const kubeconfig = folder.write(
    'loose.yaml',
    JSON.stringify({
      clusters: [{ name: 'loose', cluster: { server: 'https://loose', ...said } }],
      contexts: [{ name: 'loose', context: { cluster: 'loose' } }],
      'current-context': 'loose',
    }),
  );
  const unset = { insecureSkipTlsVerify: false, disableCompression: false };
  expect(clusterConfig({ kubeconfig, ...unset }, {}).cluster).toMatchObject(said);
  expect(
    clusterConfig({ kubeconfig, certificateAuthority: 'ca.crt', ...unset }, {}).cluster,
  ).not.toHaveProperty('insecure-skip-tls-verify');
});

test('a CA given together with --insecure-skip-tls-verify contradicts it', () => {
  expect(() => config({ insecureSkipTlsVerify: true, certificateAuthority: 'ca.crt' })).toThrow(
    'specifying a root certificates file with the insecure flag is not allowed',
  );
});

test('a server without a scheme is plain HTTP, unless there is TLS to speak of', () => {
  expect(config({ server: '127.0.0.1:8001', insecureSkipTlsVerify: true }).server.protocol).toBe('https:');
  expect(clusterConfig({ server: '127.0.0.1:8001' }, {}).server.protocol).toBe('http:');
});

test.each([
  [{ context: 'zz' }, 'Error in configuration: context was not found for specified context: zz'],
  [{ cluster: 'zz' }, 'no server found for cluster "zz"'],
  [{ user: 'zz' }, 'auth info "zz" does not exist'],
  [{ server: 'ftp://x' }, 'invalid server "ftp://x"'],
  [{ kubeconfig: 'no/such' }, 'stat no/such: no such file or directory'],
  [{ kubeconfig: folder.path }, `error loading config file "${folder.path}": is a directory`],
  [{ kubeconfig: folder.write('bad', 'a: [b') }, 'yaml: '],
  [{ kubeconfig: folder.write('words', 'just text') }, 'it is no kubeconfig'],
])('%j is an error: %s', (flags, words) => {
  expect(() => config(flags)).toThrow(words);
});

test.each([{ kubeconfig: folder.write('empty', '') }, { context: 'broken' }])(
  'with %j kubectl falls back to localhost',
  (flags) => {
    expect(config(flags).server.href).toBe('http://localhost:8080/');
  },
);

test('who asks may be said in the URL, and counts where the kubeconfig names nobody', () => {
  const { urlPassword: password } = secrets;
  const server = `https://me:${encodeURIComponent(password)}@east:6443/k8s`;
  expect(config({ server })).toMatchObject({ user: { username: 'me', password } });
  expect(config({ server }).server.href).toBe('https://east:6443/k8s');
  const user = folder.write('basic.yaml', 'users: [{name: joe, user: {username: joe, password: own}}]');
  expect(config({ server, user: 'joe' }, { KUBECONFIG: user }).user).toEqual({
    username: 'joe',
    password: 'own',
  });
});
