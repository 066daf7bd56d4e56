import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startApisix } from './apisix/server.ts';
import { tlsFile } from './api-server.ts';
import { fakeIo } from './io.ts';
import { secrets, textOf, withoutSecrets } from './secrets.ts';

describe.each(Object.entries(secrets))('%s', (name, secret) => {
  test('is found in an output, and the error does not repeat it', () => {
    expect(() => withoutSecrets(`notice: key ${secret}, found`)).toThrow(`the output holds ${name}`);
    expect(() => withoutSecrets(`notice: key ${secret}, found`)).not.toThrow(secret);
  });

  test('is found as a Secret or a request holds it, in base64', () => {
    const data = { viewer: Buffer.from(`${secret}\n`).toString('base64') };
    expect(() => withoutSecrets(JSON.stringify({ data }))).toThrow(name);
  });

  test('is found as a URL holds it', () => {
    expect(() => withoutSecrets(`http://me:${encodeURIComponent(secret)}@host`)).toThrow(name);
  });

  test.fails('fails the test in which the program writes it', () => {
    fakeIo([]).io.stderr.write(secret);
  });
});

test('a private key is found', () => {
  expect(() => withoutSecrets(readFileSync(tlsFile('client.key'), 'utf8'))).toThrow('a private key');
});

test('an output without secrets is given as it is, from a compressed file too', () => {
  const output = 'notice: reading APISIX through pod gw/apisix-0 (key from APISIX_ADMIN_KEY)\n';
  expect(withoutSecrets(output)).toBe(output);
  expect(withoutSecrets(textOf(Buffer.from(output)))).toBe(output);
  expect(withoutSecrets(textOf(gzipSync(output)))).toBe(output);
});

test('an APISIX with a key that no output is searched for is not started', async () => {
  await expect(startApisix({ flavour: 'v3', adminKey: 'another' })).rejects.toThrow('no output is searched');
});
