import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { execute, outputOf } from '../cluster/plane/execute.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { release } from './release.ts';

const { version } = packageJson;
const folder = temporaryFolder();
afterAll(folder.remove);

const npm = (...args: readonly string[]) => outputOf('npm', ['--offline', ...args], { cwd: folder.path });

beforeAll(async () => {
  folder.write('package.json', '{"private": true}');
  await npm('install', path.join(release, `kubectl-eps-${version}.tgz`));
});

test('the npm package installs without a network and without any other package', () => {
  const installed = readdirSync(path.join(folder.path, 'node_modules'));
  expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['kubectl-eps']);
});

test('npx runs it on Node', async () => {
  expect(await npm('exec', '--', 'kubectl-eps', '--version')).toBe(`kubectl-eps v${version}\n`);
  const demo = await execute('npx', ['--offline', 'kubectl-eps', 'demo', '-o', 'json'], { cwd: folder.path });
  expect(demo.code).toBe(1);
  expect(JSON.parse(demo.stdout)).toMatchObject({ kind: 'ServiceReport', status: 'Drift' });
});

test('its completer completes, under the name that kubectl looks for', async () => {
  const completer = path.join(folder.path, 'node_modules/.bin/kubectl_complete-eps');
  expect(await outputOf(completer, ['completion', 'po'])).toBe('powershell\n:4\n');
});
