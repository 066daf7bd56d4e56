import { afterAll, expect, test } from 'vitest';
import { snapshotFromFiles, upstreamsFromFiles } from '../../source/commands/from-files.ts';
import { itemsOf, type Upstream } from '../../source/core/snapshot.ts';
import { readCaptures } from '../helpers/apisix/captures.ts';
import { filesOf, judgeCase } from '../helpers/cases.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const clock = { now: () => new Date('2026-01-01T00:00:00Z'), stdin: process.stdin };
const folder = temporaryFolder();
afterAll(folder.remove);

const [objects = '', upstreams = '', services = '', routes = ''] = filesOf('v2-insync');

test('answers about routes and services alone say nothing of upstreams, and nothing is certain', async () => {
  const report = judgeCase('v2-insync', await snapshotFromFiles([objects, services, routes], clock));
  expect(report).toMatchObject({ status: 'Unknown', findings: [] });
  expect(report.layers.find(({ name }) => name === 'Upstream')).toMatchObject({
    state: 'Unread',
    reason: 'there is no list of upstreams among the files',
  });
});

test('with the upstreams beside them the same Service is in sync', async () => {
  const files = [objects, upstreams, services, routes];
  expect(judgeCase('v2-insync', await snapshotFromFiles(files, clock)).status).toBe('Synced');
});

test('whoever asks for the upstreams of such files learns that there are none', async () => {
  expect(await upstreamsFromFiles([routes], clock)).toMatchObject({ state: 'Read', items: [] });
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
