import { readdirSync, readFileSync } from 'node:fs';

const fixtures = new URL('../../fixtures/apisix/', import.meta.url);

/** One recorded request and its answer: `NAME.headers` and the body beside it. */
export type Capture = {
  /** `v3/upstream-get-arr` */
  readonly name: string;
  readonly method: string;
  /** 9180 admin, 9090 control, 9080 data plane. */
  readonly port: number;
  /** With its query, as sent. */
  readonly path: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly status: number;
  /** Names in lower case, as node:http reads them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The text of one file below `test/fixtures/apisix`. */
export function readCaptured(file: string): string {
  return readFileSync(new URL(file, fixtures), 'utf8');
}

/** `Name: value` lines as a record. */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => [line.split(':', 1).join(), line.replace(/^[^:]*: ?/, '')]));
}

/** The body that belongs to the head: an older file of the same name with another extension may lie beside it. */
function readBody(name: string, contentType: string, files: ReadonlySet<string>): string {
  const preferred = contentType.startsWith('text/html') ? ['html'] : ['json', 'yaml', 'txt'];
  const extension = preferred.find((candidate) => files.has(`${name}.${candidate}`));
  if (extension === undefined) throw new Error(`no body beside ${name}.headers`);
  return readCaptured(`${name}.${extension}`);
}

function readCapture(name: string, files: ReadonlySet<string>): Capture {
  const [request = '', statusLine = '', ...lines] = readCaptured(`${name}.headers`).trimEnd().split(/\r?\n/);
  const [, method = '', port, path = '', sent = ''] =
    /^# (\S+) http:\/\/[\d.]+:(\d+)(\S*) +\[(.*)\]$/.exec(request) ?? [];
  const headers = Object.fromEntries(
    Object.entries(parseHeaders(lines)).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return {
    name,
    method,
    port: Number(port),
    path,
    requestHeaders: parseHeaders(sent === '' ? [] : sent.split(', ')),
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: readBody(name, headers['content-type'] ?? '', files),
  };
}

/** Every capture of one folder, by name. */
export function readCaptures(folder: string): readonly Capture[] {
  const files = new Set(readdirSync(new URL(`${folder}/`, fixtures)).map((file) => `${folder}/${file}`));
  return [...files]
    .filter((file) => file.endsWith('.headers'))
    .map((file) => readCapture(file.slice(0, -'.headers'.length), files))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
