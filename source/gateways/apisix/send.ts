import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { EpsError } from '../../core/error.ts';
import { adminApi } from './failure.ts';

/** Whatever its status. */
export type Answer = { readonly status: number; readonly text: string };

/** What is asked: a GET, or with a body a POST. */
export type Question = RequestOptions & { readonly body?: string };

/** On a connection of its own, which ends with the answer. Rejects when none came, or not the whole of it. */
export function send({ body, ...options }: Question, maxBytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { request: open } = options.protocol === 'https:' ? https : http;
    const request = open({ ...options, method: body === undefined ? 'GET' : 'POST' });
    request.end(body);
    request.on('response', (response) => {
      readBody(response, maxBytes)
        .then((text) => {
          resolve({ status: response.statusCode ?? 0, text });
        }, reject)
        .finally(() => request.destroy());
    });
    request.on('error', reject);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new EpsError(`${adminApi} answered with more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof EpsError) throw cause;
    throw new EpsError(`${adminApi} closed the connection in the middle of its answer`, { cause });
  }
  return Buffer.concat(chunks).toString('utf8');
}
