import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { EpsError } from '../../core/error.ts';
import { adminApi } from './failure.ts';

/** Whatever its status. */
export type Answer = { readonly status: number; readonly text: string };

/** One GET on a connection of its own, which ends with the answer. Rejects when none came, or not the whole of it. */
export function send(options: RequestOptions, maxBytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = (options.protocol === 'https:' ? https : http).get(options);
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
