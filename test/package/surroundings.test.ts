import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execute, outputOf } from '../cluster/plane/execute.ts';
import { sendJson } from '../helpers/api-server.ts';
import { serve } from '../helpers/cluster.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { host, platformNamed, programOf, unpack } from './release.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const program = programOf(host);
const marker = path.join(folder.path, 'was-here');

beforeAll(() => {
  const evil = folder.write('evil.cjs', `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`);
  folder.write('.env', 'KUBECONFIG=/from/dot-env\nNO_COLOR=\nAPISIX_ADMIN_KEY=stolen\n');
  folder.write('bunfig.toml', `preload = [${JSON.stringify(evil)}]\n`);
  folder.write('package.json', JSON.stringify({ imports: { '#x': './evil.cjs' }, main: './evil.cjs' }));
  folder.write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { ws: ['./evil.cjs'] } } }));
});

const preload = `${folder.path}/evil.cjs`;

/** How the version and the demo end in that folder. */
async function ends(extra: NodeJS.ProcessEnv) {
  const options = { cwd: folder.path, env: { PATH: process.env['PATH'], ...extra } };
  return [
    await execute(program, ['--version'], options),
    await execute(program, ['demo', '-o', 'json'], options),
  ];
}

describe('what lies about changes nothing', () => {
  let plain: Awaited<ReturnType<typeof ends>>;
  beforeAll(async () => {
    const options = { cwd: '/', env: { PATH: process.env['PATH'] } };
    plain = [
      await execute(program, ['--version'], options),
      await execute(program, ['demo', '-o', 'json'], options),
    ];
    expect(plain.map(({ code }) => code)).toEqual([0, 1]);
  });

  test.each([
    ['.env, bunfig.toml, package.json and tsconfig.json of the current folder', {}],
    ['NODE_OPTIONS', { NODE_OPTIONS: `--require ${preload}` }],
    ['NODE_PATH', { NODE_PATH: folder.path }],
    ['BUN_INSPECT_PRELOAD', { BUN_INSPECT_PRELOAD: preload }],
    ['BUN_CONFIG_VERBOSE_FETCH', { BUN_CONFIG_VERBOSE_FETCH: 'curl' }],
    ['BUN_RUNTIME_TRANSPILER_CACHE_PATH', { BUN_RUNTIME_TRANSPILER_CACHE_PATH: folder.path }],
  ])('%s', async (_, extra) => {
    expect(await ends(extra)).toEqual(plain);
    expect(existsSync(marker)).toBe(false);
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED does not make it trust a server', async () => {
    const { url } = await serve((_, response) => {
      sendJson(response, { gitVersion: 'v0' });
    });
    const kubeconfig = folder.write(
      'config',
      kubeconfigText(url, {}, { 'certificate-authority': undefined }),
    );
    const { code, stderr } = await execute(program, ['version', '--kubeconfig', kubeconfig], {
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('certificate');
  });

  test('a .env is not where the kubeconfig or the key come from', async () => {
    const { stderr } = await execute(program, ['diff', 'x'], {
      cwd: folder.path,
      env: { HOME: folder.path },
    });
    expect(stderr).not.toContain('dot-env');
  });
});

test('it starts where there is no network at all', async () => {
  // Not by a user namespace, which some systems let only root make.
  const args = ['-n', program, 'demo', '-o', 'json'];
  const isRoot = process.getuid?.() === 0;
  const { code, stdout, stderr } = await (isRoot
    ? execute('unshare', args)
    : execute('sudo', ['unshare', ...args]));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ status: 'Drift' });
});

test('the program for linux_arm64 runs', async () => {
  const other = path.join(unpack(platformNamed('linux_arm64')), 'kubectl-eps');
  const emulated = ['-L', '/usr/aarch64-linux-gnu', other];
  // Code that is written while it runs is what emulators get wrong.
  const env = { ...process.env, BUN_JSC_useJIT: '0' };
  const run = (...args: readonly string[]) =>
    process.arch === 'arm64'
      ? execute(other, args)
      : execute('qemu-aarch64', [...emulated, ...args], { env });
  expect((await run('--version')).stdout).toBe(await outputOf(program, ['--version']));
  const demo = await run('demo', '-o', 'json');
  expect(demo.code).toBe(1);
  expect(JSON.parse(demo.stdout)).toMatchObject({ status: 'Drift' });
});
