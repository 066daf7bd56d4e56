import { expect, onTestFinished, test } from 'vitest';
import { snapshotFromFiles } from '../../source/commands/from-files.ts';
import { itemsOf } from '../../source/core/snapshot.ts';
import { parseSnapshot } from '../../source/sources/files/snapshot.ts';
import { filesOf, judgeCase } from '../helpers/cases.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const name = 'upstream-discovery';
const clock = { now: () => new Date('2026-01-01T00:00:00Z'), stdin: process.stdin };
const token = 'a-token-of-the-tests';

/** A dump in which kubernetes discovery found these nodes for the Service of the case. */
async function withDump(hosts: readonly string[]) {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const nodes = hosts.map((host) => ({ host, port: 8080, weight: 50 }));
  const entry = { name: 'case-upstream-discovery/web', value: JSON.stringify({ http: nodes }) };
  const config = { client: { token }, watch_endpoint_slices: false };
  const dump = JSON.stringify({ endpoints: [{ endpoints: [entry] }], config });
  return snapshotFromFiles([...filesOf(name), folder.write('dump.json', dump)], clock, { isNamed: true });
}

const podIps = async () =>
  itemsOf((await snapshotFromFiles(filesOf(name), clock, { isNamed: true })).pods).flatMap(
    ({ podIPs }) => podIPs,
  );

test('with the dump beside the upstream its nodes are compared, and nobody keeps the token', async () => {
  const snapshot = await withDump(await podIps());
  expect(judgeCase(name, snapshot)).toMatchObject({ status: 'Synced', findings: [] });
  expect(JSON.stringify(snapshot)).not.toContain(token);
  expect(parseSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
});

test('a node that the dump lacks is missing', async () => {
  const [, ...others] = await podIps();
  const report = judgeCase(name, await withDump(others));
  expect(report.findings.map(({ code, count }) => [code, count])).toEqual([['MissingFromUpstream', 1]]);
});
