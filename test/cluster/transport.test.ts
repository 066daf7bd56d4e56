import type { RequestListener } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import type { ServiceReport } from '../../source/core/report.ts';
import { proxyServer, sendJson, sendStatus } from '../helpers/api-server.ts';
import { serve, untilEnd } from '../helpers/cluster.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { eps } from './eps.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

type Entry = Parameters<typeof kubeconfigText>[2];

/** `diff web`, by the executable and its own ways of asking, of a server of ours. */
function diffOn(url: string, args: readonly string[] = [], cluster: Entry = {}, extraEnv = {}) {
  const kubeconfig = folder.write('config', kubeconfigText(url, undefined, cluster));
  return eps(['diff', 'web', '--settle', '0', '--kubeconfig', kubeconfig, ...args], { extraEnv });
}

const web = {
  metadata: { namespace: 'shop', name: 'web', uid: 'web', resourceVersion: '1' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
};

/** A server that has the Service shop/web, and nothing that belongs to it. */
const quiet: RequestListener = ({ url = '' }, response) => {
  if (url.endsWith('/services/web')) sendJson(response, web);
  else sendJson(response, { metadata: { resourceVersion: '1' }, items: [] });
};

describe('the executable', () => {
  test.each([
    [
      'whose certificate is of an unknown authority',
      { 'certificate-authority': undefined },
      'unknown authority',
    ],
    ['that has another name', { 'tls-server-name': 'other.test' }, '127.0.0.1, not other.test'],
  ])('refuses a server %s, in the words of kubectl', async (_, cluster, words) => {
    const { url } = await serve(quiet);
    const outcome = await diffOn(url, [], cluster);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(
      /^Unable to connect to the server: tls: failed to verify certificate: x509: /,
    );
    expect(outcome.stderr).toContain(words);
  });

  test.each([
    ['by another name when that is given', { 'tls-server-name': 'kubernetes.test' }],
    [
      'whoever it is when that is asked for',
      { 'certificate-authority': undefined, 'insecure-skip-tls-verify': true },
    ],
  ])('takes a server %s', async (_, cluster) => {
    const { url } = await serve(quiet);
    expect(await diffOn(url, [], cluster)).toMatchObject({ code: 0 });
  });

  test('says that an answer breaks off, and never takes a half for the whole', async () => {
    const { url } = await serve((request, response) => {
      if (request.url?.includes('/endpointslices') !== true) {
        quiet(request, response);
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"metadata":{"resourceVersion":"1"},"items":[');
      response.socket?.end();
    });
    const { code, stdout } = await diffOn(url, ['-o', 'json']);
    expect(code).toBe(3);
    const { layers } = JSON.parse(stdout) as ServiceReport;
    const slices = layers.find(({ name }) => name === 'EndpointSlices');
    expect(slices?.state).toBe('Unread');
    expect(slices?.reason).toContain('EOF');
  });

  test('gives up a server that does not answer in time', async () => {
    const { url } = await serve(() => undefined);
    const outcome = await diffOn(url, ['--request-timeout', '200ms']);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('Client.Timeout exceeded while awaiting headers');
  });

  test('sends the groups of whom it impersonates one by one', async () => {
    const groups: (readonly string[])[] = [];
    const { url } = await serve((request, response) => {
      groups.push(request.headersDistinct['impersonate-group'] ?? []);
      quiet(request, response);
    });
    await diffOn(url, ['--as', 'ann', '--as-group', 'a', '--as-group', 'b']);
    expect(groups.length).toBeGreaterThan(0);
    for (const sent of groups) expect(sent).toEqual(['a', 'b']);
  });

  test('goes through the proxy of the environment, and past it where kubectl would', async () => {
    const { port } = await serve(quiet);
    const proxy = await untilEnd(proxyServer(port));
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const far = 'https://kubernetes.test:6443';
    expect(await diffOn(far, [], {}, env)).toMatchObject({ code: 0 });
    expect(proxy.tunnels).toContain('kubernetes.test:6443');
    const tunnels = proxy.tunnels.length;
    expect(await diffOn(`https://127.0.0.1:${port}`, [], {}, env)).toMatchObject({ code: 0 });
    expect(proxy.tunnels).toHaveLength(tunnels);
  });

  test('asks over few connections, and keeps them', async () => {
    let requests = 0;
    const { url, connections } = await serve((request, response) => {
      requests += 1;
      quiet(request, response);
    });
    expect(await diffOn(url)).toMatchObject({ code: 0 });
    expect(connections()).toBeLessThan(requests);
  });

  test('tells what the server refuses', async () => {
    const { url } = await serve((_, response) => {
      sendStatus(response, 403, 'Forbidden', 'services "web" is forbidden: User "x" cannot get it');
    });
    const outcome = await diffOn(url);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain('Error from server (Forbidden): services "web" is forbidden');
  });
});
