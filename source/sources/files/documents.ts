import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import { EpsError } from '../../core/error.ts';
import { describeHtml } from '../text/html.ts';
import { parseJsonValues } from '../text/json.ts';

/** One JSON or YAML value of a file: an object, or a list. */
export type Document = {
  /** The file's path, or `standard input`; for people. */
  readonly source: string;
  readonly value: unknown;
};

/** What the reading of files needs from outside. */
export type Streams = { readonly stdin: AsyncIterable<Uint8Array | string> };

/** How the objects that every verdict needs get into a file. */
export const writeObjects = 'kubectl get services,pods,endpoints,endpointslices -o json > FILE';

const rewrite = `write the file again, for instance: ${writeObjects}`;

/** Every document of every file, in order; `-` is standard input. JSON or YAML, several in a row, gzip too. */
export async function readDocuments(
  paths: readonly string[],
  { stdin }: Streams,
): Promise<readonly Document[]> {
  const perFile = await Promise.all(
    paths.map(async (path) => {
      const source = path === '-' ? 'standard input' : path;
      const bytes = await (path === '-' ? readAll(stdin) : readFile(path)).catch((cause: unknown) => {
        throw unreadable(path, cause);
      });
      const text = decode(await inflate(bytes, source));
      return parseText(text, source).map((value) => ({ source, value }));
    }),
  );
  return perFile.flat();
}

async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What the file system refuses, it refuses with a code. */
function unreadable(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'code' in cause)) return cause;
  if (path === '-') return new EpsError(`cannot read standard input: ${cause.message}`, { cause });
  switch (cause.code) {
    case 'ENOENT':
      return new EpsError(`the path "${path}" does not exist`, {
        cause,
        hint: 'ls the folder, or - for standard input',
      });
    case 'EISDIR':
      return new EpsError(`the path "${path}" is a directory`, {
        cause,
        hint: `name the files: --from ${path}/FILE`,
      });
    case 'EACCES':
      return new EpsError(`the path "${path}" cannot be read: permission denied`, {
        cause,
        hint: `ls -l ${path}`,
      });
    default:
      return new EpsError(`the path "${path}" cannot be read: ${cause.message}`, { cause });
  }
}

/** Gzip is told by its first two bytes (RFC 1952), not by the file's name. */
async function inflate(bytes: Buffer, source: string): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (cause) {
    throw new EpsError(`cannot unpack ${source}: the gzip data is damaged or cut off`, {
      cause,
      hint: rewrite,
    });
  }
}

/** UTF-8, or what `>` in Windows PowerShell writes: UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function parseText(text: string, source: string): readonly unknown[] {
  if (text.trim() === '') throw new EpsError(`${source} is empty`, { hint: rewrite });
  const html = describeHtml(text);
  if (html !== undefined) {
    throw new EpsError(`${source} looks like HTML: ${html}`, {
      hint: 'it is a web page, perhaps of a login or a proxy: check the address that was asked',
    });
  }
  const json = parseJsonValues(text);
  if (json.state === 'CutOff') {
    throw new EpsError(`${source} looks cut off: it ends in the middle of a JSON value`, { hint: rewrite });
  }
  const values = json.state === 'Values' ? json.values : parseYaml(text, source);
  if (values.length === 0 || values.some((value) => typeof value !== 'object' || value === null)) {
    throw new EpsError(`${source} is neither JSON nor YAML objects`, { hint: rewrite });
  }
  return values;
}

/** The documents between `---`; empty ones are left out. */
function parseYaml(text: string, source: string): readonly unknown[] {
  try {
    return loadAll(text, { schema: CORE_SCHEMA }).filter((value) => value !== null && value !== undefined);
  } catch (cause) {
    const reason = cause instanceof YAMLException ? `: ${cause.reason}` : '';
    throw new EpsError(`${source} is neither JSON nor YAML${reason}`, { cause, hint: rewrite });
  }
}
