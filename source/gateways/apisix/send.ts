import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import tls from 'node:tls';
import { EpsError } from '../../core/error.ts';

/** Whatever its status. */
export type Answer = { readonly status: number; readonly text: string };

/** `maxBytes` of one body; `api`, for people. */
export type Bounds = { readonly maxBytes: number; readonly api: string };

/** What is asked: a GET, or with a body a POST. */
export type Question = RequestOptions & { readonly body?: string };

/** As curl and Go programs do: the system's roots too, and no variable of Node's can switch the check off. */
function trusted(): RequestOptions {
  roots ??= [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  return { rejectUnauthorized: true, ca: roots };
}

let roots: string[] | undefined;

/** On a connection of its own, which ends with the answer. Rejects when none came, or not the whole of it. */
export function send({ body, ...options }: Question, bounds: Bounds): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const request =
      options.protocol === 'https:'
        ? https.request({ ...trusted(), ...options, method })
        : http.request({ ...options, method });
    request.end(body);
    request.on('response', (response) => {
      readBody(response, bounds)
        .then((text) => {
          resolve({ status: response.statusCode ?? 0, text });
        }, reject)
        .finally(() => request.destroy());
    });
    request.on('error', reject);
  });
}

async function readBody(response: IncomingMessage, { maxBytes, api }: Bounds): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new EpsError(`${api} answered with more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof EpsError) throw cause;
    throw new EpsError(`${api} closed the connection in the middle of its answer`, { cause });
  }
  return Buffer.concat(chunks).toString('utf8');
}
