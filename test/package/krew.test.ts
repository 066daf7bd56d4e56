import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namespace, sharedPlane } from '../cluster/fixtures.ts';
import { execute, outputOf } from '../cluster/plane/execute.ts';
import { settledHttpbin } from '../cluster/settled.ts';
import { eventually } from '../cluster/wait.ts';
import { untilEnd } from '../helpers/cluster.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { fileNames } from '../../scripts/package/platforms.ts';
import { fileServer, krewProgram, manifestAt, publish, trust, validator } from './krew.ts';
import { host, release } from './release.ts';

const plane = sharedPlane();
const folder = temporaryFolder();
afterAll(folder.remove);

let krew: string;
beforeAll(async () => {
  krew = await krewProgram();
  await validator();
}, 600_000);

/** A user with a krew of their own. */
function user(name: string) {
  const root = path.join(folder.path, name);
  mkdirSync(root);
  const bin = path.join(root, 'bin');
  const env = {
    ...plane.env,
    ...trust,
    HOME: root,
    KREW_ROOT: root,
    KREW_NO_UPGRADE_CHECK: '1',
    KREW_DEFAULT_INDEX_URI: path.join(folder.path, 'index'),
    PATH: [bin, plane.programs, process.env['PATH']].join(path.delimiter),
  };
  return {
    bin,
    krew: (...args: readonly string[]) => outputOf(krew, args, { env }),
    kubectl: (...args: readonly string[]) => execute('kubectl', args, { env }),
  };
}

test('krew installs manifest and archive into a fresh root, and kubectl finds the plugin', async () => {
  const { bin, krew, kubectl } = user('local');
  const archive = path.join(release, fileNames(host).archive);
  await krew('install', `--manifest=${release}/eps.yaml`, `--archive=${archive}`);

  const demo = await kubectl('eps', 'demo', '-o', 'json');
  expect(demo.code).toBe(1);
  expect(JSON.parse(demo.stdout)).toMatchObject({ kind: 'ServiceReport', status: 'Drift' });

  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const diff = await kubectl('eps', 'diff', 'httpbin', '-n', own, '-o', 'json');
  expect(diff.code).toBe(0);
  expect(JSON.parse(diff.stdout)).toMatchObject({ kind: 'ServiceReport', status: 'Synced' });

  await kubectl('eps', 'completion', 'install');
  expect(existsSync(path.join(bin, 'kubectl_complete-eps'))).toBe(true);
  // A busy machine may take longer than the plugin waits for a cluster.
  await eventually('httpbin to be offered', async () => {
    const { stdout } = await kubectl('__complete', 'eps', 'diff', '-n', own, 'htt');
    return stdout === 'httpbin\n:4\n';
  });
});

test('krew installs it from an index, upgrades it with its completion, and uninstalls it', async () => {
  const { port } = await untilEnd(fileServer());
  const index = path.join(folder.path, 'index');
  await publish(index, manifestAt(port, 'v0.0.1'));
  const { bin, krew, kubectl } = user('indexed');
  await krew('index', 'add', 'eps', index);
  await krew('update');
  await krew('install', 'eps/eps');
  await kubectl('eps', 'completion', 'install');

  await publish(index, manifestAt(port, 'v9.0.0'));
  await krew('upgrade', 'eps');
  expect(realpathSync(path.join(bin, 'kubectl-eps'))).toContain('/eps/v9.0.0/');
  expect((await kubectl('eps', '--version')).stdout).toMatch(/^kubectl-eps v/);
  expect((await kubectl('__complete', 'eps', 'comp')).stdout).toContain('completion\t');

  await krew('uninstall', 'eps');
  expect(existsSync(path.join(bin, 'kubectl-eps'))).toBe(false);
  expect((await kubectl('eps', 'demo')).stderr).toContain('unknown command "eps"');
});

test("krew-index's own check installs the manifest for all six platforms", async () => {
  const { port } = await untilEnd(fileServer());
  const manifest = folder.write('eps.yaml', manifestAt(port));
  // The check hands kubectl nothing of its environment but the PATH.
  const wrapper = `#!/bin/sh\nSSL_CERT_FILE=${trust.SSL_CERT_FILE} exec ${krew} "$@"\n`;
  chmodSync(folder.write('kubectl-krew', wrapper), 0o755);
  const PATH = [folder.path, plane.programs, process.env['PATH']].join(path.delimiter);
  const checked = await execute(await validator(), ['-manifest', manifest], {
    env: { ...process.env, PATH },
  });
  expect(checked.stderr).toContain('all 6 spec.platforms installed fine');
  expect(checked.code).toBe(0);
});
