import { expect, test } from 'vitest';
import { snapshotFromFiles, upstreamsFromFiles } from '../../source/commands/from-files.ts';
import { filesOf, judgeCase } from '../helpers/cases.ts';

const clock = { now: () => new Date('2026-01-01T00:00:00Z'), stdin: process.stdin };
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
