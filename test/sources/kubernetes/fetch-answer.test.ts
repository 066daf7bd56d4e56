import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Get } from '../../../source/sources/kubernetes/connection/answer.ts';
import { fetchAnswer, type Fetch } from '../../../source/sources/kubernetes/connection/fetch-answer.ts';
import { send } from '../../../source/sources/kubernetes/connection/send.ts';
import type { Session } from '../../../source/sources/kubernetes/connection/session.ts';
import { openCluster } from '../../../source/sources/kubernetes/connection.ts';
import { httpServer, tlsFile } from '../../helpers/api-server.ts';
import { folder, mirror, untilEnd } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';
import { secrets } from '../../helpers/secrets.ts';

/** Plain HTTP, of which Node's fetch and Bun's do the same. */
async function asked(listener: RequestListener, how: Partial<Get> = {}) {
  let requests = 0;
  const { port } = await untilEnd(
    httpServer((request, response) => {
      requests += 1;
      listener(request, response);
    }),
  );
  const url = new URL(`http://127.0.0.1:${port}/api`);
  const get: Get = { url, accept: 'application/json', isCompressed: true, timeout: 0, ...how };
  return { get, requests: () => requests };
}

const open = () => new AbortController().signal;

const request = (get: Get, headers = {}, deadline?: AbortSignal) => ({ get, headers, deadline });

/** A session without an agent: whoever wants node:https fails. */
const fetchOnly = (headers = {}): Session => ({
  headers,
  agent: () => Promise.reject(new Error('node:https was wanted')),
  fetchWith: { fetch, closed: open() },
  close: () => undefined,
});

/** Breaks off in the middle. */
const cutOff: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"items":');
  response.socket?.end();
};

describe('an answer by fetch', () => {
  test('is whole, with its status, type and date', async () => {
    const { get } = await asked((_, response) => {
      response.writeHead(404, { 'content-type': 'text/plain', date: 'Thu, 01 Jan 2026 00:00:00 GMT' });
      response.end('none');
    });
    const answer = await send(fetchOnly(), get);
    expect({ ...answer, body: answer.body.toString() }).toEqual({
      status: 404,
      body: 'none',
      contentType: 'text/plain',
      date: 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
  });

  test('is unpacked, and handed over as it comes to who takes it', async () => {
    const text = 'x'.repeat(300_000);
    const { get } = await asked((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text));
    });
    const chunks: Buffer[] = [];
    const sinkFor = () => (chunk: Buffer) => chunks.push(chunk);
    expect((await send(fetchOnly(), { ...get, sinkFor })).body).toHaveLength(0);
    expect(Buffer.concat(chunks).toString()).toBe(text);
  });

  test('is asked for with the same headers as by node:https', async () => {
    const { get } = await asked(mirror);
    const { body } = await send(fetchOnly({ Authorization: 'Basic eDp5' }), get);
    expect(JSON.parse(body.toString())).toMatchObject({
      url: '/api',
      headers: {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        authorization: 'Basic eDp5',
        'user-agent': 'kubectl-eps',
      },
    });
  });

  test('is the redirection itself', async () => {
    const { get, requests } = await asked((_, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await send(fetchOnly(), get)).status).toBe(302);
    expect(requests()).toBe(1);
  });
});

describe('there is none by fetch', () => {
  test('when it breaks off: it is asked for anew, by node:https', async () => {
    const { get } = await asked(cutOff);
    expect(await fetchAnswer({ fetch, closed: open() }, request(get))).toBeUndefined();
    await expect(send(fetchOnly(), get)).rejects.toThrow('node:https was wanted');
  });

  test.each([
    ['a header has several values', {}, { 'Impersonate-Group': ['a', 'b'] }],
    ['something is sent', { body: '{}' }, {}],
  ])('when %s: nothing is asked', async (_, how, headers) => {
    const { get, requests } = await asked(mirror, how);
    expect(await fetchAnswer({ fetch, closed: open() }, request(get, headers))).toBeUndefined();
    expect(requests()).toBe(0);
  });

  test('when the deadline is over, nor by node:https', async () => {
    const { get } = await asked(() => undefined, { timeout: 50 });
    await expect(send(fetchOnly(), get)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  test('when nobody wants it any more', async () => {
    const closing = new AbortController();
    const { get } = await asked(() => {
      closing.abort();
    });
    await expect(fetchAnswer({ fetch, closed: closing.signal }, request(get))).rejects.toThrow('aborted');
  });
});

describe('of a cluster', () => {
  const https = 'https://127.0.0.1:6443';

  /** What is given to fetch when the cluster of a kubeconfig is asked; undefined when node:https is. */
  async function given(kubeconfig: string, env: Readonly<Record<string, string>> = {}) {
    const asked: Parameters<Fetch>[] = [];
    const fake: Fetch = (...request) => {
      asked.push(request);
      return Promise.resolve(new Response('{}'));
    };
    const cluster = await openCluster({ kubeconfig: folder().write('config', kubeconfig) }, env, {
      fetch: fake,
    });
    onTestFinished(cluster.close);
    await cluster.get('/version').catch(() => undefined);
    return asked[0]?.[1];
  }

  test('fetch is told whom to trust, by which name, and who asks', async () => {
    const how = await given(kubeconfigText(https, undefined, { 'tls-server-name': 'kubernetes.test' }));
    expect(how).toMatchObject({
      headers: { Authorization: `Bearer ${secrets.token}` },
      tls: { ca: readFileSync(tlsFile('ca.crt')), serverName: 'kubernetes.test', rejectUnauthorized: true },
    });
  });

  test.each([
    [
      'whose authority is not given: the roots are those of the system',
      { 'certificate-authority': undefined },
      {},
    ],
    [
      'beside a proxy, even where that is not for it',
      {},
      { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*' },
    ],
  ])('node:https asks one %s', async (_, cluster, env) => {
    expect(await given(kubeconfigText(https, undefined, cluster), env)).toBeUndefined();
  });

  test.each([
    ['whoever it is, where that is asked for', https, { 'insecure-skip-tls-verify': true }],
    ['that speaks plain HTTP', 'http://127.0.0.1:8001', {}],
  ])('fetch asks one %s', async (_, url, cluster) => {
    const how = await given(
      kubeconfigText(url, undefined, { 'certificate-authority': undefined, ...cluster }),
    );
    expect(how?.tls?.rejectUnauthorized).toBe(url === https ? false : undefined);
  });
});
