import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { EpsError } from '../../../source/core/error.ts';
import { readDocuments } from '../../../source/sources/files/documents.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const noStdin = { stdin: Readable.from([]) };

async function valuesOf(content: string | Uint8Array): Promise<readonly unknown[]> {
  const documents = await readDocuments([folder.write('file', content)], noStdin);
  return documents.map(({ value }) => value);
}

test.each([
  ['JSON', '{"kind":"List"}'],
  ['JSON with a byte order mark', '\uFEFF{"kind":"List"}'],
  ['YAML', 'kind: List\n'],
  ['YAML in flow style', '{kind: List}'],
  ['YAML between markers', '---\nkind: List\n---\n'],
  ['gzip, whatever its name', gzipSync('{"kind":"List"}')],
  ['UTF-16 as Windows PowerShell writes it', Buffer.from('\uFEFF{"kind":"List"}', 'utf16le')],
])('%s is read', async (_, content) => {
  expect(await valuesOf(content)).toEqual([{ kind: 'List' }]);
});

test.each([
  ['JSON lines', '{"a":1}\n{"a":2}\n'],
  ['answers of curl without a line end between them', '{"a":1}{"a":2}'],
  ['indented JSON one after another', '{\n  "a": 1\n}\n\n{\n  "a": 2\n}\n'],
  ['YAML documents', 'a: 1\n---\na: 2\n'],
])('%s are documents of their own', async (_, content) => {
  expect(await valuesOf(content)).toEqual([{ a: 1 }, { a: 2 }]);
});

test('braces and quotes inside texts do not end a document', async () => {
  const tricky = { a: '}{"\\', b: ['[', { c: '\\"}' }] };
  const text = JSON.stringify(tricky);
  expect(await valuesOf(`${text}\n${text}`)).toEqual([tricky, tricky]);
});

test('YAML keeps what looks like a date as the text it is in JSON', async () => {
  expect(await valuesOf('at: 2026-01-01T00:00:00Z')).toEqual([{ at: '2026-01-01T00:00:00Z' }]);
});

test('several files come in order, each document with its file; - is standard input', async () => {
  const first = folder.write('first.json', '{"a":1}');
  const stdin = Readable.from([Buffer.from('{"a"'), Buffer.from(':2}')]);
  expect(await readDocuments([first, '-'], { stdin })).toEqual([
    { source: first, value: { a: 1 } },
    { source: 'standard input', value: { a: 2 } },
  ]);
});

const html = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>';

test.each([
  ['an empty file', '', 'is empty'],
  ['white space alone', ' \n\n', 'is empty'],
  ['half a JSON object', '{"kind":"List","items":[{"a":1}', 'looks cut off'],
  ['JSON that ends inside a text', '{"kind":"Li', 'looks cut off'],
  ['a whole JSON object and half of another', '{"a":1}\n{"a":', 'looks cut off'],
  ['a gzip cut off', gzipSync('{"a":1}').subarray(0, 15), 'damaged or cut off'],
  ['HTML', html, 'looks like HTML: Sign in'],
  ['HTML without a title', '<html>\n<body>', 'looks like HTML: <html>'],
  ['plain text', 'Error from server', 'is neither JSON nor YAML objects'],
  ['a JSON scalar', 'null', 'is neither JSON nor YAML objects'],
  ['a table of kubectl', 'NAME   READY\nweb: [1/1', 'is neither JSON nor YAML'],
])('%s is an error that names the file and says what to do', async (_, content, words) => {
  const error: unknown = await valuesOf(content).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EpsError);
  expect(error).toMatchObject({ hint: expect.stringMatching(/./) as string });
  expect(String(error)).toContain(words);
  expect(String(error)).toContain(folder.path);
});

test('a missing file is told in the words of kubectl', async () => {
  await expect(readDocuments(['no/such.json'], noStdin)).rejects.toThrow(
    'the path "no/such.json" does not exist',
  );
});

test('a folder is no file', async () => {
  await expect(readDocuments([folder.path], noStdin)).rejects.toThrow(
    `the path "${folder.path}" is a directory`,
  );
});

test('whatever else hinders the reading is an error, and no bug', async () => {
  const file = folder.write('plain.json', '{}');
  const below = `${file}/below.json`;
  await expect(readDocuments([below], noStdin)).rejects.toThrow(
    `the path "${below}" cannot be read: ENOTDIR: not a directory`,
  );
});

test('a standard input that cannot be read is an error, and no bug', async () => {
  const stdin = createReadStream(folder.path);
  await expect(readDocuments(['-'], { stdin })).rejects.toThrow(
    /^cannot read standard input: EISDIR: illegal operation on a directory/,
  );
});
