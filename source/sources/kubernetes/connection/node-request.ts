import http from 'node:http';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { RequestOptions } from 'node:https';
import { createGunzip } from 'node:zlib';
import { coded, idleTimeout, type Answer, type Get, type Request, type SinkFor } from './answer.ts';

/** A watch has a bookmark at least every 75 s: a minute, and up to a quarter more. */
const streamIdleTimeout = 90_000;

/** A GET whose answer goes on. */
export type Streaming = Pick<Get, 'url' | 'accept'> & {
  /** Aborting it closes the connection at once. */
  readonly signal: AbortSignal;
};

/** An answer that has begun; whoever does not read `body` to its end aborts the signal. */
export type Stream = Pick<Answer, 'status' | 'contentType'> & { readonly body: AsyncIterable<Buffer> };

/** By node:https, which reaches every server. Rejects with the error of the socket, TLS or the deadline. */
export function nodeAnswer(agent: Agent, { get, headers, deadline }: Request): Promise<Answer> {
  const { url, body, sinkFor } = get;
  return new Promise((resolve, reject) => {
    const request = requestOf(url, {
      agent,
      headers,
      method: body === undefined ? 'GET' : 'POST',
      timeout: idleTimeout,
      ...(deadline && { signal: deadline }),
    });
    request.on('response', (response) => {
      readAnswer(response, sinkFor).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Resolves as soon as the answer begins; what goes wrong later is thrown by its body. */
export function nodeStream(
  agent: Agent,
  { url, signal }: Streaming,
  headers: Request['headers'],
): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const request = requestOf(url, { agent, headers, timeout: streamIdleTimeout, signal });
    request.on('response', (response) => {
      const { statusCode: status = 0, headers: told } = response;
      resolve({ status, contentType: told['content-type'] ?? '', body: response });
    });
    request.on('error', reject);
    request.end();
  });
}

function requestOf(url: URL, options: RequestOptions): ClientRequest {
  const request = (url.protocol === 'https:' ? https : http).request(url, options);
  return request.on('timeout', () => request.destroy(coded('ETIMEDOUT')));
}

/** Bytes that are unpacked at a time: of less, each piece costs more than what is in it. */
const chunkSize = 256 * 1024;

/**
 * By events: to iterate over them asynchronously costs as much again as all that a short program does. Resolves when
 * `take` has had all bytes, unpacked.
 */
function eachChunk(response: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> {
  const isPacked = response.headers['content-encoding'] === 'gzip';
  const body = isPacked ? response.pipe(createGunzip({ chunkSize })) : response;
  return new Promise((resolve, reject) => {
    let hasCome = false;
    response.on('end', () => (hasCome = true));
    response.on('close', () => {
      if (!hasCome) reject(coded('ECONNRESET'));
    });
    response.on('error', reject);
    if (isPacked) body.on('error', reject);
    body.on('data', take);
    body.on('end', resolve);
  });
}

async function readAnswer(response: IncomingMessage, sinkFor: SinkFor | undefined): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  const { 'content-type': contentType = '', date = '' } = headers;
  const head = { status, contentType, date };
  const chunks: Buffer[] = [];
  await eachChunk(response, sinkFor?.(head) ?? ((chunk) => chunks.push(chunk)));
  return { ...head, body: Buffer.concat(chunks) };
}
