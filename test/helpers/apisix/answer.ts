/** What a server sends: a value that the failures can still cut, delay or replace. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Which admin API a double speaks: v3 as 3.18.0 does, v2 as 2.15.3 does. */
export type Flavour = 'v3' | 'v2';

const versions: Readonly<Record<Flavour, string>> = { v3: '3.18.0', v2: '2.15.3' };
const reasons: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
};

const html = 'text/html; charset=utf-8';
const nginx = { Server: 'openresty' };

/** The record without some of its members. */
export function omit<Value>(
  record: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** The headers of every answer that APISIX itself gives on the admin port. */
export function adminHeaders(flavour: Flavour): Readonly<Record<string, string>> {
  return {
    Server: `APISIX/${versions[flavour]}`,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': '*',
    'Access-Control-Max-Age': '3600',
  };
}

/** 2.15 escapes slashes; both end a body with a newline. */
function encode(flavour: Flavour, value: unknown): string {
  const text = JSON.stringify(value);
  return `${flavour === 'v2' ? text.replaceAll('/', String.raw`\/`) : text}\n`;
}

/** JSON from the admin port that belongs to no resource: refused keys, plug-in names. */
export function adminJson(flavour: Flavour, status: number, value: unknown): Answer {
  const headers = { ...adminHeaders(flavour), 'Content-Type': 'application/json' };
  return { status, headers, body: encode(flavour, value) };
}

/** JSON from a resource of the admin API: v3 says its version. */
export function resourceJson(flavour: Flavour, status: number, value: unknown): Answer {
  const answer = adminJson(flavour, status, value);
  return flavour === 'v2' ? answer : { ...answer, headers: { ...answer.headers, 'X-API-VERSION': 'v3' } };
}

/** JSON from the control port. */
export function controlJson(flavour: Flavour, status: number, value: unknown): Answer {
  return { status, headers: { ...nginx, 'Content-Type': 'application/json' }, body: encode(flavour, value) };
}

/** nginx's own page, with the name of the server in front of it. */
export function page(status: number, headers: Readonly<Record<string, string>> = nginx): Answer {
  const title = `${status} ${reasons[status] ?? ''}`;
  const body = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>openresty</center>',
    '<p><em>Powered by <a href="https://apisix.apache.org/">APISIX</a>.</em></p></body>',
    '</html>',
    '',
  ].join('\r\n');
  const length = Buffer.byteLength(body).toString();
  return { status, headers: { ...headers, 'Content-Type': html, 'Content-Length': length }, body };
}
