import http from 'node:http';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';
import { deadlineExceeded } from './connection-error.ts';
import type { Session } from './session.ts';

/** One GET, or with a body one POST. */
export type Get = {
  readonly url: URL;
  /** The media types that can be read, the best one first. */
  readonly accept: string;
  /** JSON. */
  readonly body?: string;
  readonly isCompressed: boolean;
  /** In milliseconds, from the first to the last byte; 0 is no limit. */
  readonly timeout: number;
  readonly sinkFor?: SinkFor;
};

/** Whatever its status. */
export type Answer = {
  readonly status: number;
  readonly body: Buffer;
  /** Of the body, as its Content-Type header has it. */
  readonly contentType: string;
  /** The server's clock, as its Date header has it: to the second; empty when it does not tell. */
  readonly date: string;
};

/** What takes the bytes of an answer as they come; without one they are its `body`. It throws nothing. */
export type SinkFor = (head: Pick<Answer, 'status' | 'contentType'>) => ((chunk: Buffer) => void) | undefined;

/** A server that is silent for so long is gone: the API server itself ends every GET after 60 s. */
const idleTimeout = 75_000;

/** A watch has a bookmark at least every 75 s: a minute, and up to a quarter more. */
const streamIdleTimeout = 90_000;

/** A GET whose answer goes on. */
export type Streaming = Pick<Get, 'url' | 'accept'> & {
  /** Aborting it closes the connection at once. */
  readonly signal: AbortSignal;
};

/** An answer that has begun; whoever does not read `body` to its end aborts the signal. */
export type Stream = Pick<Answer, 'status' | 'contentType'> & { readonly body: AsyncIterable<Buffer> };

/** Rejects only when no whole answer came: with the error of the socket, TLS or the clock. */
export function send(session: Session, get: Get): Promise<Answer> {
  const { body, timeout, sinkFor } = get;
  const deadline = timeout > 0 ? AbortSignal.timeout(timeout) : undefined;
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => {
      reject(deadline?.aborted ? coded(deadlineExceeded, cause) : cause);
    };
    const request = requestOf(session, get, { idleTimeout, signal: deadline });
    request.on('response', (response) => {
      readAnswer(response, sinkFor).then(resolve, fail);
    });
    request.on('error', fail);
    request.end(body);
  });
}

/** Resolves as soon as the answer begins; what goes wrong later is thrown by its body. */
export function openStream(session: Session, streaming: Streaming): Promise<Stream> {
  const { signal } = streaming;
  return new Promise((resolve, reject) => {
    const request = requestOf(
      session,
      { ...streaming, isCompressed: false },
      { idleTimeout: streamIdleTimeout, signal },
    );
    request.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      resolve({ status, contentType: headers['content-type'] ?? '', body: response });
    });
    request.on('error', reject);
    request.end();
  });
}

type Limits = { readonly idleTimeout: number; readonly signal: AbortSignal | undefined };

function requestOf(
  session: Session,
  get: Omit<Get, 'timeout'>,
  { idleTimeout: timeout, signal }: Limits,
): ClientRequest {
  const { url, body } = get;
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method: body === undefined ? 'GET' : 'POST',
    agent: session.agent,
    ...(session.auth !== undefined && { auth: session.auth }),
    headers: headersOf(session, get),
    timeout,
    ...(signal && { signal }),
  });
  return request.on('timeout', () => request.destroy(coded('ETIMEDOUT')));
}

function coded(code: string, cause?: Error): Error {
  return Object.assign(new Error(code, { cause }), { code });
}

function headersOf(
  { headers }: Session,
  { accept, isCompressed, body }: Omit<Get, 'timeout'>,
): OutgoingHttpHeaders {
  return {
    Accept: accept,
    'Accept-Encoding': isCompressed ? 'gzip' : 'identity',
    'User-Agent': 'kubectl-eps',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  };
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
  const chunks: Buffer[] = [];
  const sink = sinkFor?.({ status, contentType });
  await eachChunk(response, sink ?? ((chunk) => chunks.push(chunk)));
  return { status, body: Buffer.concat(chunks), contentType, date };
}
