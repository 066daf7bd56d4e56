import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { snapshotFromFiles, upstreamsFromFiles } from '../../source/commands/from-files.ts';
import { main } from '../../source/commands/main.ts';
import { itemsOf, type Upstream } from '../../source/core/snapshot.ts';
import { readCaptures } from '../helpers/apisix/captures.ts';
import { filesOf, judgeCase } from '../helpers/cases.ts';
import { fakeIo } from '../helpers/io.ts';
import { recordedObject, recordedObjects } from '../helpers/recorded.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const clock = { now: () => new Date('2026-01-01T00:00:00Z'), stdin: process.stdin };
const folder = temporaryFolder();
afterAll(folder.remove);

const [objects = '', upstreams = '', services = '', routes = ''] = filesOf('v2-insync');

const recorded = recordedObjects('insync-20');

/** The verdict on the recorded Service from these objects, and from single ones beside them. */
async function judged(items: readonly unknown[], ...singles: readonly unknown[]) {
  const all = folder.write('all.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  const alone = singles.map((single, index) => folder.write(`${index}.json`, JSON.stringify(single)));
  const { status, findings } = judgeCase(
    'insync-20',
    await snapshotFromFiles([all, ...alone], clock, { isNamed: true }),
  );
  return { status, findings };
}

test.each([
  ['Pods', ['Pod']],
  ['EndpointSlices', ['EndpointSlice']],
  ['Endpoints', ['Endpoints']],
  ['EndpointSlices and Endpoints', ['EndpointSlice', 'Endpoints']],
  ['everything else', ['Pod', 'EndpointSlice', 'Endpoints', 'Node']],
])('without %s a Service is neither in sync nor adrift', async (_, missing) => {
  const items = recorded.filter(({ kind }) => !missing.includes(kind));
  expect(await judged(items)).toEqual({ status: 'Unknown', findings: [] });
});

test('a single Pod does not make the others stale', async () => {
  const items = recorded.filter(({ kind }) => kind !== 'Pod');
  expect(await judged(items, recordedObject('insync-20', 'Pod'))).toEqual({
    status: 'Unknown',
    findings: [],
  });
});

test('a single Node does not make the others missing', async () => {
  const items = recorded.filter(({ kind }) => kind !== 'Node');
  expect(await judged(items, recordedObject('insync-20', 'Node'))).toEqual({
    status: 'Synced',
    findings: [],
  });
});

test('answers about routes and services alone say nothing of upstreams, and nothing is certain', async () => {
  const report = judgeCase(
    'v2-insync',
    await snapshotFromFiles([objects, services, routes], clock, { isNamed: true }),
  );
  expect(report).toMatchObject({ status: 'Unknown', findings: [] });
  expect(report.layers.find(({ name }) => name === 'Upstream')).toMatchObject({
    state: 'Unread',
    reason: 'there is no list of upstreams among the files',
  });
});

test.each(['diff', 'upstream'])(
  'one page of upstreams is not taken for all of them by %s',
  async (command) => {
    const { list } = JSON.parse(readFileSync(upstreams, 'utf8')) as { readonly list: readonly unknown[] };
    const page = folder.write('page.json', JSON.stringify({ total: list.length + 1, list }));
    const files = [objects, page, services, routes];
    const layer =
      command === 'upstream'
        ? await upstreamsFromFiles(files, clock)
        : (await snapshotFromFiles(files, clock, { isNamed: true })).upstreams;
    expect(layer).toEqual({
      state: 'Unread',
      reason: `the APISIX admin API was asked for one page: ${list.length} of ${list.length + 1} objects`,
      source: [page, services, routes].join(', '),
    });
  },
);

test('the beginning of a list of Services is no ground to say that one is not there', async () => {
  const items = recordedObjects('insync-20').filter(({ kind }) => kind === 'Service');
  const list = { apiVersion: 'v1', kind: 'ServiceList', metadata: { continue: 'bmV4dA' }, items };
  const file = folder.write('services.json', JSON.stringify(list));
  const { io, stdout, stderr } = fakeIo(['diff', 'no-such', '--from', file]);
  expect({ code: await main(io), stdout: stdout(), stderr: stderr() }).toEqual({
    code: 3,
    stdout: '',
    stderr: `error: cannot read the Services: the list in ${file} goes on: it was read with a limit\n`,
  });
});

test('with the upstreams beside them the same Service is in sync', async () => {
  const files = [objects, upstreams, services, routes];
  expect(judgeCase('v2-insync', await snapshotFromFiles(files, clock, { isNamed: true })).status).toBe(
    'Synced',
  );
});

test.each([
  ['routes', [routes]],
  ['services', [services]],
  ['both', [routes, services]],
])('whoever asks for the upstreams of %s alone learns that none were asked for', async (_, files) => {
  expect(await upstreamsFromFiles(files, clock)).toEqual({
    state: 'Unread',
    reason: 'there is no list of upstreams among the files',
    source: files.join(', '),
  });
});

test('an empty list of upstreams beside them says that there are none', async () => {
  const empty = folder.write('none.json', JSON.stringify({ total: 0, list: [] }));
  expect(await upstreamsFromFiles([routes, empty], clock)).toMatchObject({ state: 'Read', items: [] });
});

const lists = ['v3', 'v3-standalone-api', 'v2-2.15.3']
  .flatMap((name) => readCaptures(name))
  .filter(({ path }) => /^\/v1\/(?:upstreams|services|routes)$/.test(path))
  .filter(({ status, body }) => status === 200 && body.trimStart().startsWith('['));

test.each(lists)('$name of the control API gives every upstream in it', async ({ body }) => {
  const file = folder.write('list.json', body);
  const listed = JSON.parse(body) as readonly { readonly key: string; readonly value: object }[];
  const ids = listed
    .filter(({ key, value }) => key.includes('/upstreams/') || JSON.stringify(value).includes('"upstream":'))
    .map(({ key }) => key.split('/').at(-1));
  const layer = await upstreamsFromFiles([file], clock);
  expect(itemsOf<Upstream>(layer).map(({ id }) => id)).toEqual(ids);
});

test('health checks are no upstreams, and refused', async () => {
  const [checks] = readCaptures('v3').filter(({ name }) => name === 'v3/ctl-healthcheck-after-traffic');
  const file = folder.write('checks.json', checks?.body ?? '');
  await expect(upstreamsFromFiles([file], clock)).rejects.toThrow(/^cannot tell what .*checks\.json is/);
});

test('of two answers about one upstream the later one holds, alone', async () => {
  const answer = (host: string) =>
    JSON.stringify({ key: '/apisix/upstreams/7', value: { id: '7', nodes: { [`${host}:80`]: 1 } } });
  const [old, fresh] = ['10.0.0.1', '10.0.0.2'].map((host) => folder.write(`${host}.json`, answer(host)));
  const layer = await upstreamsFromFiles([old ?? '', fresh ?? ''], clock);
  expect(itemsOf<Upstream>(layer)).toMatchObject([{ id: '7', nodes: { items: [{ host: '10.0.0.2' }] } }]);
});
