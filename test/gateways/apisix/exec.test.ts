import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { execTransport } from '../../../source/gateways/apisix/exec.ts';
import type { Exec } from '../../../source/gateways/gateway.ts';
import { startApisix } from '../../helpers/apisix/server.ts';
import { secrets } from '../../helpers/secrets.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';

const { adminKey } = secrets;
const pod = {
  namespace: 'gw',
  name: 'apisix-0',
  adminPort: 0,
  controlPort: 0,
  labels: {},
  configMaps: [],
};

const folder = temporaryFolder();
afterAll(folder.remove);

function find(program: string): string | undefined {
  return ['/usr/bin', '/bin'].map((where) => path.join(where, program)).find((file) => existsSync(file));
}

/** A PATH on which there are these programs and nothing else. */
function pathWith(...programs: readonly string[]): string {
  const here = path.join(folder.path, programs.join('-'));
  if (existsSync(here)) return here;
  mkdirSync(here);
  for (const program of programs) {
    const file = find(program);
    const link = path.join(here, program);
    if (file === undefined) continue;
    if (asking.has(program)) writeFileSync(link, recorder(program, file), { mode: 0o755 });
    else symlinkSync(file, link);
  }
  return here;
}

/** Those that ask: what arguments they get is written down. */
const asking = new Set(['curl', 'wget']);
const recordOf = (program: string) => path.join(folder.path, `${program}.arguments`);
const recorder = (program: string, file: string) =>
  `#!/bin/sh\nprintf '%s\\n' "$@" >>'${recordOf(program)}'\nexec ${file} "$@"\n`;

/** Runs here what would run in a pod; the command lines are kept. */
function runHere(PATH: string): { readonly exec: Exec; readonly argvs: readonly (readonly string[])[] } {
  const argvs: (readonly string[])[] = [];
  const exec: Exec = async (_pod, { argv, input }) => {
    argvs.push(argv);
    const [program = '', ...args] = argv;
    const child = spawn(find(program) ?? program, args, { env: { PATH } });
    child.stdin.end(`${input}\n`);
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { stdout, stderr, exitCode };
  };
  return { exec, argvs };
}

describe.each([
  ['curl', pathWith('curl')],
  ['wget', pathWith('wget', 'sed', 'tail')],
])('a pod with %s (skipped where this machine has none)', (program, PATH) => {
  const isHere = find(program) !== undefined;

  async function open(key: string = adminKey) {
    const apisix = await startApisix({ flavour: 'v3', adminKey: key });
    onTestFinished(apisix.close);
    apisix.put('upstreams', '7', { type: 'roundrobin', nodes: [] });
    const { exec, argvs } = runHere(PATH);
    return { apisix, argvs, transport: execTransport(pod, apisix.adminPort, { timeoutMs: 5_000 }, exec) };
  }

  test.skipIf(!isHere)(
    'is asked from inside, and the key is on no command line that leaves here',
    async () => {
      const { transport, argvs, apisix } = await open();
      const { status, text: body } = await transport.get('/apisix/admin/upstreams/7', adminKey);
      expect({ status, value: JSON.parse(body) as unknown }).toMatchObject({
        status: 200,
        value: { value: { id: '7' } },
      });
      expect(argvs.join(' ')).not.toContain(adminKey);
      expect(apisix.requests).toMatchObject([{ method: 'GET', path: '/apisix/admin/upstreams/7' }]);
    },
  );

  test.skipIf(!isHere)('gets a key with signs of a shell whole, and curl as no argument', async () => {
    const { transport, argvs } = await open(secrets.oddKey);
    expect(await transport.get('/apisix/admin/upstreams/7', secrets.oddKey)).toMatchObject({ status: 200 });
    expect(argvs.join(' ')).not.toContain(secrets.oddKey);
    const seen = readFileSync(recordOf(program), 'utf8');
    expect(seen).toContain('/apisix/admin/upstreams/7');
    // wget has no other way.
    if (program === 'curl') expect(seen).not.toMatch(new RegExp(`${adminKey}|odd-c0de`));
  });

  test.skipIf(!isHere)('tells what is not there with its status and body', async () => {
    const { transport } = await open();
    const { status, text: body } = await transport.get('/apisix/admin/upstreams/8', adminKey);
    expect({ status, body }).toMatchObject({
      status: 404,
      body: expect.stringMatching(/Key not found/) as string,
    });
  });
});

test.skipIf(find('curl') === undefined)(
  'a port at which nobody listens is told in the words of curl (skipped where there is none)',
  async () => {
    const { exec } = runHere(pathWith('curl'));
    const apisix = await startApisix({ flavour: 'v3', adminKey });
    await apisix.close();
    const transport = execTransport(pod, apisix.adminPort, { timeoutMs: 5_000 }, exec);
    await expect(transport.get('/apisix/admin/upstreams', adminKey)).rejects.toThrow(
      /^cannot read the APISIX admin API at pod gw\/apisix-0, by exec: curl: \(7\)/,
    );
  },
);

test('nothing is run for a path that is not read', async () => {
  const { exec, argvs } = runHere('');
  const transport = execTransport(pod, 9180, { timeoutMs: 5_000 }, exec);
  await expect(transport.get('/v1/plugins/reload', undefined)).rejects.toThrow('has nothing at');
  expect(argvs).toEqual([]);
});
