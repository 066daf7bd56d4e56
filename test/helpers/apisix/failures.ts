import type { ServerResponse } from 'node:http';

import { adminHeaders, page, type Answer, type Flavour } from './answer.ts';
import { unauthorized } from './auth.ts';

/**
 * How a gateway may fail.
 * - `wrong-key`, `ip-refused`, `etcd-down`: the admin port alone; the control port knows neither key nor etcd.
 * - `half-json`: the length of the whole, half the body, the connection closed; `short-json`: half, and said so.
 * - `reset`: half the body in chunks, then the socket destroyed: no last chunk ever comes.
 * - `frozen`: accepted, never answered; `slow`: answered after so many milliseconds.
 */
export type Failure =
  | 'wrong-key'
  | 'ip-refused'
  | 'etcd-down'
  | 'http-500'
  | 'html'
  | 'empty-body'
  | 'half-json'
  | 'short-json'
  | 'reset'
  | 'frozen'
  | { readonly slow: number };

/** The answer that a failure puts in the place of the server's own, if it does. */
export function replacement(
  failure: Failure | undefined,
  port: 'admin' | 'control',
  flavour: Flavour,
): Answer | undefined {
  const headers = port === 'admin' ? adminHeaders(flavour) : undefined;
  if (failure === 'wrong-key' && port === 'admin') return unauthorized(flavour, 'wrong apikey');
  if (failure === 'ip-refused' && port === 'admin') return page(403);
  if (failure === 'http-500') return page(500, headers);
  if (failure === 'html') return { ...page(404, headers), status: 200 };
  if (failure === 'empty-body') {
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: '' };
  }
  return undefined;
}

/** Sends the answer as far as the failure lets it. */
export function send(response: ServerResponse, answer: Answer, failure: Failure | undefined): void {
  const whole = Buffer.from(answer.body);
  const half = whole.subarray(0, Math.ceil(whole.length / 2));
  const begin = (length?: number): void => {
    response.writeHead(answer.status, {
      ...answer.headers,
      ...(length === undefined ? {} : { 'Content-Length': length.toString() }),
    });
  };
  if (failure === 'frozen') return;
  if (failure === 'short-json') {
    begin(half.length);
    response.end(half);
  } else if (failure === 'half-json' || failure === 'reset') {
    begin(failure === 'half-json' ? whole.length : undefined);
    response.write(half, () => response.socket?.destroy());
  } else {
    begin();
    // A write of its own before the end makes node:http send chunks where no length is given, as nginx does.
    response.write(whole);
    response.end();
  }
}
