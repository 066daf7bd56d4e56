import { request, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

import { asArray, asRecord, type UnknownRecord } from '../../../source/core/door.ts';
import { omit } from './answer.ts';
import { parseHeaders, readCaptured } from './captures.ts';

/** One line of an INDEX: a request in the order of the recording, with what is known of its answer. */
export type Step = {
  /** `v3/upstream-get-arr` */
  readonly name: string;
  readonly method: string;
  /** 9180 admin, 9090 control, 9080 data plane. */
  readonly port: number;
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number;
  /** Of the body as it was sent. */
  readonly bytes: number;
};

const line =
  /^\| (\S+?)\.(?:json|html|txt|size\.txt) \| `(\w+) :(\d+)(\S*)`(?: body `(.*)`)? \| ([^|]*) \| (\d+) \| (\d+) \|/;

/** `/apisix/admin/upstreams/arr` of an item read from any port. */
export function adminPath(item: UnknownRecord): string {
  return String(item['key']).replace('/apisix/', '/apisix/admin/');
}

/** An item's value without what the server added. */
export function asSent(item: UnknownRecord): UnknownRecord {
  return omit(asRecord(item['value']), ['id', 'create_time', 'update_time']);
}

/** The value of each recorded object as it was sent, by admin path: 3.18 keeps it and adds three fields. */
export function sentValues(): ReadonlyMap<string, UnknownRecord> {
  const lists = ['upstreams', 'services', 'routes'].map((resource): unknown =>
    JSON.parse(readCaptured(`v3/${resource}-all.json`)),
  );
  const items = lists.flatMap((list) => asArray(asRecord(list)['list'])).map(asRecord);
  return new Map(
    items.map((item) => {
      return [adminPath(item), asSent(item)];
    }),
  );
}

/** The INDEX cuts a body at 300 characters; 3.18 kept the whole. 2.15 wants a `type` and was sent one. */
function wholeBody(folder: string, path: string, sent: ReadonlyMap<string, UnknownRecord>): string {
  const needsType = folder === 'v2-2.15.3' && path.includes('/upstreams/');
  return JSON.stringify({ ...(needsType ? { type: 'roundrobin' } : {}), ...sent.get(path) });
}

/** The recording of one folder, step by step. */
export function readSession(folder: string): readonly Step[] {
  const sent = sentValues();
  return readCaptured(`${folder}/INDEX.md`)
    .split('\n')
    .flatMap((row) => {
      const match = line.exec(row);
      if (match === null) return [];
      const [, name = '', method = '', port, path = '', body = '', headers = '', status, bytes] = match;
      return {
        name,
        method,
        port: Number(port),
        path,
        requestHeaders: parseHeaders(headers === '' ? [] : headers.trim().split(/, (?=[\w-]+:)/)),
        requestBody: body.length < 300 ? body : wholeBody(folder, path, sent),
        status: Number(status),
        bytes: Number(bytes),
      };
    });
}

/** An answer as it came over the wire. */
export type Received = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** One request on a connection of its own; a broken answer rejects. */
export async function ask(
  port: number,
  step: Pick<Step, 'method' | 'path'> & Partial<Pick<Step, 'requestHeaders' | 'requestBody'>>,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const { method, path, requestHeaders = {}, requestBody = '' } = step;
    const headers = { ...requestHeaders, 'Content-Length': Buffer.byteLength(requestBody).toString() };
    request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      }, reject);
    })
      .on('error', reject)
      .end(requestBody);
  });
}
