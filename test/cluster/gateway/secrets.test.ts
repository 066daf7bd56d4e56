import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import { secrets } from '../../helpers/secrets.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { diff, eps } from '../eps.ts';
import { sharedPlane } from '../fixtures.ts';
import { settledHttpbin } from '../settled.ts';
import { startApisixPods } from './apisix-pod.ts';
import { keys } from './gateway.ts';
import { upstreamId } from './upstream.ts';

const plane = sharedPlane();
/** Of APISIX, and of httpbin. */
const here = 'secrets';
const inPod = ['httpbin', '-n', here, '--apisix-pod'];
const folder = temporaryFolder();
const keyFile = folder.write('key', `${keys.viewerKey}\n`);
let apisix: Apisix;

beforeAll(async () => {
  await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: here } }]);
  const { readyPods } = await settledHttpbin(plane, { namespace: here, replicas: 2 });
  apisix = await startApisix({ flavour: 'v3', ...keys });
  apisix.put('upstreams', upstreamId(here), {
    name: `${here}_httpbin_80`,
    type: 'roundrobin',
    nodes: readyPods.map((host) => ({ host, port: 80, weight: 100 })),
  });
  await startApisixPods(plane, { namespace: here, apisixes: [apisix], ...keys });
});
afterAll(async () => {
  await apisix.close();
  await plane.output(['delete', 'namespace', here]);
  folder.remove();
});

/** Whatever is printed or written in the runs below, eps.ts searches. */
test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  [`ConfigMap ${here}/apisix, viewer`, [], {}],
  ['APISIX_ADMIN_KEY', [], { APISIX_ADMIN_KEY: keys.adminKey }],
  [`file ${keyFile}`, [`--apisix-key-file=${keyFile}`], {}],
  [`Secret ${here}/apisix-admin, viewer`, [`--apisix-key-secret=${here}/apisix-admin/viewer`], {}],
])('a key from %s opens APISIX, and whence it comes is all that is said of it', async (from, flags, env) => {
  const { code, stderr } = await diff([...inPod, ...flags], { extraEnv: env });
  expect(code).toBe(0);
  expect(stderr).toContain(`(key from ${from})`);
});

test('a key that is refused, and a key in a URL, are in no answer either', async () => {
  const refused = await diff(inPod, { extraEnv: { APISIX_ADMIN_KEY: secrets.wrongKey } });
  expect(refused.report.layers[3]).toMatchObject({ reason: 'the APISIX admin API refused the key (401)' });
  const url = apisix.adminUrl.replace('//', `//admin:${secrets.password}@`);
  const asked = await eps(['diff', 'httpbin', '-n', here, `--apisix-url=${url}`, '-o', 'wide']);
  expect(asked).toMatchObject({ code: 3, stderr: expect.stringContaining(apisix.adminUrl) as string });
});

test('a snapshot of a gateway and its keys is enough for the verdict, and holds no key', async () => {
  const file = `${folder.path}/snapshot.json.gz`;
  expect(await eps(['snapshot', ...inPod, '-f', file])).toMatchObject({ code: 0 });
  const { report } = await diff(['httpbin', '-n', here, '--from', file]);
  expect(report).toMatchObject({ status: 'Synced', layers: { 3: { name: 'Upstream', state: 'Read' } } });
});

test('neither is there one in what doctor and upstream tell', async () => {
  for (const command of ['doctor', 'upstream']) {
    for (const output of ['json', 'wide']) {
      const { stdout } = await eps([command, '-n', here, '-o', output]);
      expect(stdout).toMatch(command === 'doctor' ? /apisix/ : /secrets_httpbin_80/);
    }
  }
});
