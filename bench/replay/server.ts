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
import { copiesOf, heldIn, type Lists } from './copies.ts';

type Answer = { readonly status: number; readonly type: string; readonly body: Buffer };

export type Replay = {
  /** Path of the kubeconfig of a cluster where httpbin of the namespace has so many thousand pods. */
  readonly kubeconfig: (thousands: number) => string;
  readonly close: () => Promise<void>;
};

/** Bytes from which the API server compresses. */
const compressedFrom = 128 * 1024;

const protobuf = 'application/vnd.kubernetes.protobuf';

/** A GET of the real API server, not compressed. */
async function ask({ dir, server }: Client, url: string, accept = protobuf): Promise<Answer> {
  const [ca, cert, key] = ['ca.crt', 'user.crt', 'user.key'].map((name) =>
    readFileSync(path.join(dir, name)),
  );
  const request = https.get(`${server}${url}`, { ca, cert, key, agent: false, headers: { accept } });
  // Types do not know what the event brings.
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const { statusCode: status = 500, headers } = response;
  return { status, type: headers['content-type'] ?? '', body: await buffer(response) };
}

/** Which of the lists a request is for, if it takes protobuf; those with the label of APISIX's pods are none. */
function listFor(url: string, accept: string): keyof Lists | undefined {
  const [, plural] = /\/(pods|endpointslices)(?:\?|$)/.exec(url) ?? [];
  const isOurs = accept.includes(protobuf) && !url.includes('apisix');
  return isOurs && (plural === 'pods' || plural === 'endpointslices') ? plural : undefined;
}

/** Makes the copies of the Service httpbin, and hands all else on. */
async function copier(client: Client, namespace: string) {
  const [pods, slices, endpoints] = await Promise.all([
    ask(client, `/api/v1/namespaces/${namespace}/pods`),
    ask(client, `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`),
    ask(client, `/api/v1/namespaces/${namespace}/endpoints/httpbin`),
  ]);
  const held = heldIn(endpoints.body);
  return async (url: string, accept: string): Promise<Answer> => {
    const [, thousands = '', rest = ''] = /^\/(\d+)(\/.*)$/.exec(url) ?? [];
    const list = listFor(rest, accept);
    const answer = list
      ? {
          status: 200,
          type: protobuf,
          body: copiesOf({ pods: pods.body, endpointslices: slices.body }, held, Number(thousands))[list],
        }
      : await ask(client, rest, accept);
    const isBig = answer.body.length > compressedFrom;
    return isBig ? { ...answer, body: gzipSync(answer.body, { level: 1 }) } : answer;
  };
}

const isCompressed = (body: Buffer) => body.length > 2 && body.readUInt16BE(0) === 0x1f8b;

/**
 * A server on loopback, by TLS, that answers as the API server did of the Service httpbin, but with as many copies of
 * its pods as the first part of the path says.
 */
export async function openReplay(client: Client, namespace: string): Promise<Replay> {
  const copy = await copier(client, namespace);
  const answers = new Map<string, Promise<Answer>>();
  const server = await httpsServer((request, response) => {
    const { url = '', headers } = request;
    const { accept = '' } = headers;
    const known = answers.get(`${url} ${accept}`) ?? copy(url, accept);
    answers.set(`${url} ${accept}`, known);
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
