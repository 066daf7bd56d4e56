import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Client } from '../../test/cluster/plane/client.ts';
import { httpsServer } from '../../test/helpers/api-server.ts';
import { kubeconfigText } from '../../test/helpers/kubeconfig.ts';
import { copiesOf, type Answers } from './copies.ts';

type Answer = { readonly status: number; readonly type: string; readonly body: Buffer };

export type Replay = {
  /** Path of the kubeconfig of a cluster where httpbin of the namespace has so many thousand pods. */
  readonly kubeconfig: (thousands: number) => string;
  readonly close: () => Promise<void>;
};

/** Bytes from which the API server compresses. */
const compressedFrom = 128 * 1024;

const accept = 'application/vnd.kubernetes.protobuf, application/json';

/** A GET of the real API server, not compressed. */
async function ask({ dir, server }: Client, url: string): Promise<Answer> {
  const [ca, cert, key] = ['ca.crt', 'user.crt', 'user.key'].map((name) =>
    readFileSync(path.join(dir, name)),
  );
  const request = https.get(`${server}${url}`, { ca, cert, key, headers: { accept } });
  // Types do not know what the event brings.
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const { statusCode: status = 500, headers } = response;
  return { status, type: headers['content-type'] ?? '', body: await buffer(response) };
}

/** Which of the answers a path asks for. */
function kindOf(url: string): keyof Answers | undefined {
  const [, kind] = /\/(pods|endpointslices|endpoints)(?:\/httpbin)?(?:\?|$)/.exec(url) ?? [];
  return kind === 'endpointslices' ? 'endpointSlices' : (kind as 'pods' | 'endpoints' | undefined);
}

/** What the API server tells of the Service httpbin. */
async function record(client: Client, namespace: string): Promise<Answers> {
  const [pods, endpoints, endpointSlices] = await Promise.all([
    ask(client, `/api/v1/namespaces/${namespace}/pods`),
    ask(client, `/api/v1/namespaces/${namespace}/endpoints/httpbin`),
    ask(client, `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`),
  ]);
  return { pods: pods.body, endpoints: endpoints.body, endpointSlices: endpointSlices.body };
}

/** `/THOUSANDS/PATH`: copies of what was recorded, or what the API server says now. */
async function answerTo(url: string, client: Client, recorded: Answers): Promise<Answer> {
  const [, thousands = '', rest = ''] = /^\/(\d+)(\/.*)$/.exec(url) ?? [];
  const kind = kindOf(rest);
  if (!kind || rest.includes('apisix')) return ask(client, rest);
  const body = copiesOf(recorded, Number(thousands))[kind];
  const type = 'application/vnd.kubernetes.protobuf';
  return { status: 200, type, body: body.length > compressedFrom ? gzipSync(body, { level: 1 }) : body };
}

const isCompressed = (body: Buffer) => body.length > 2 && body.readUInt16BE(0) === 0x1f8b;

/**
 * A server on loopback, by TLS, that answers as the API server did of the Service httpbin, but with as many copies of
 * its pods as the first part of the path says.
 */
export async function openReplay(client: Client, namespace: string): Promise<Replay> {
  const recorded = await record(client, namespace);
  const answers = new Map<string, Promise<Answer>>();
  const server = await httpsServer((request, response) => {
    const { url = '' } = request;
    const known = answers.get(url) ?? answerTo(url, client, recorded);
    answers.set(url, known);
    void known.then(({ status, type, body }) => {
      const encoding = isCompressed(body) && { 'content-encoding': 'gzip' };
      response.writeHead(status, { 'content-type': type, ...encoding });
      response.end(body);
    });
  });
  return {
    kubeconfig: (thousands) => {
      const file = path.join(client.dir, `replay-${thousands}`);
      writeFileSync(file, kubeconfigText(`https://127.0.0.1:${server.port}/${thousands}`));
      return file;
    },
    close: server.close,
  };
}
