import { loadAll } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { agreed } from '../helpers/judging.ts';
import { doctor } from '../helpers/doctor.ts';
import { apisixPod, controllerPod } from '../helpers/installation.ts';
import { fakeIo } from '../helpers/io.ts';
import { endpoint, refTo, route } from '../helpers/objects.ts';
import {
  endpoints,
  ips,
  pod,
  read,
  replica,
  service,
  slice,
  snapshot,
  unread,
  upstream,
} from '../helpers/snapshot.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

/** Erases the screen, by ESC and by the CSI of C1, and has what follows read from right to left. */
const hostile = '\u001b[2J\u009b2J\u202e';

/** What no terminal may get, beside the end of a line. */
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The same as it may be printed. */
const told = /\[2J(?:\\u009b|\\x9b)2J\\u202e/i;

/** Members that hold what somebody else has chosen. */
const names = new Set(
  'name namespace uid resourceVersion serviceName nodeName zone managedBy reason source id gateway app className'.split(
    ' ',
  ),
);
const words = new Set(['Controller', 'Manual', 'Discovery']);

/** Every name in it, made hostile: those that are alike stay alike. */
function hostileJson(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) =>
    names.has(key) && typeof member === 'string' && !words.has(member) ? `${member}${hostile}` : member,
  );
}

const stray = slice([], {
  name: 'web-stray',
  managedBy: 'other',
  endpoints: [endpoint('10.0.0.9', { nodeName: 'node-9', zone: 'z', targetRef: refTo(pod(9)) })],
});
const whole = snapshot({
  ...agreed,
  services: read([service(), service({ name: 'other', uid: 'uid-other', selector: {} })]),
  endpointSlices: read([slice(ips(1, 2, 3)), stray]),
  endpoints: read([endpoints(ips(1, 2))]),
  nodes: read([{ name: 'node-1', ready: false, zone: 'z' }]),
  apisixRoutes: read([route([{ serviceName: 'web', servicePort: 80 }])]),
  upstreams: read([upstream(ips(1)), upstream([], { id: '2', nodes: { state: 'Unread', reason: 'gone' } })]),
  replicas: read([replica('a', ips(1)), replica('b', ips(1, 2), { healthChecks: unread })]),
  gateways: [
    { name: 'edge', source: 'pod gw/a' },
    { name: 'inner', source: 'pod gw/b', reason: 'refused' },
  ],
});

const folder = temporaryFolder();
afterAll(folder.remove);
const file = folder.write('hostile.json', hostileJson(whole));

async function printed(...argv: readonly string[]) {
  const { io, stdout, stderr } = fakeIo([...argv, '--from', file]);
  await main(io);
  return { stdout: stdout(), stderr: stderr() };
}

const commands = [
  ...['diff -A', 'list -A', 'upstream'].flatMap((command) =>
    ['', ' -o wide', ' -o json', ' -o yaml'].map((output) => command + output),
  ),
  ...['diff -A --at-replicas 2000', 'diff nosuch', 'list -A -o name', 'upstream -o name', 'upstream nosuch'],
  'snapshot -A -f -',
];

describe('names that are orders to a terminal are told, and not obeyed, by', () => {
  test.each(commands)('%s', async (command) => {
    const { stdout, stderr } = await printed(...command.split(' '));
    expect(stdout + stderr).toMatch(told);
    expect(stdout + stderr).not.toMatch(obeyed);
  });

  test.each(['doctor', 'doctor -o wide', 'doctor -o json', 'doctor -o yaml'])('%s', async (command) => {
    const [, ...argv] = command.split(' ');
    const pods = [apisixPod(), controllerPod()].map((one) => JSON.parse(hostileJson(one)) as unknown);
    const { stdout, stderr } = await doctor({ version: `v1.37.2${hostile}`, pods }, ...argv);
    expect(stdout + stderr).toMatch(told);
    expect(stdout + stderr).not.toMatch(obeyed);
  });
});

test('JSON and YAML hold the names as they are', async () => {
  const [json, yaml] = await Promise.all(
    ['json', 'yaml'].map(async (output) => (await printed('list', '-A', '-o', output)).stdout),
  );
  const metadata = { namespace: `shop${hostile}`, name: `web${hostile}` };
  expect(JSON.parse(json ?? '')).toMatchObject({ items: [{ metadata }, {}] });
  expect(loadAll(yaml ?? '')).toEqual([JSON.parse(json ?? '')]);
});
