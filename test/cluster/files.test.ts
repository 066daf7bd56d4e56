import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AddressRow, ServiceReport } from '../../source/core/report.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { adminAnswer } from './admin-answer.ts';
import { codes, diff, eps } from './eps.ts';
import { sharedPlane } from './fixtures.ts';
import type { View } from './kubectl-view.ts';
import { crowd, gatherCrowd } from './settled.ts';

const plane = sharedPlane();
const folder = temporaryFolder();
afterAll(folder.remove);

let view: View;
/** The path of what kubectl lists, as JSON. */
let lists: string;
beforeAll(async () => {
  view = await gatherCrowd(plane);
  lists = folder.write('a.json', await kubectlGet('json'));
});

/** Read once, as files are. */
const live = () => diff(['httpbin', '-n', crowd, '--settle', '0']);
const fromFiles = (...files: readonly string[]) =>
  diff(['httpbin', ...files.flatMap((file) => ['--from', file])]);

/** The lists of the README, as kubectl prints them. */
function kubectlGet(output: 'json' | 'yaml'): Promise<string> {
  return plane.output(['get', 'svc,pods,ep,endpointslices', '-n', crowd, '-o', output]);
}

/** The status, and what is said of Kubernetes' own layers: files know no nodes, and no gateway without an answer of it. */
function ofKubernetes({ status, findings, addresses }: ServiceReport) {
  const row = ({
    address,
    pod,
    in: { Pods, EndpointSlices, Endpoints },
    firstDivergence,
    because,
  }: AddressRow) => ({
    address,
    pod,
    in: { Pods, EndpointSlices, Endpoints },
    firstDivergence,
    because,
  });
  return {
    status,
    findings: findings.filter(({ layer }) => layer !== 'Upstream'),
    addresses: addresses.map(row),
  };
}

/** The text of a report but for the moment it was made and the versions of what was read. */
function timeless(report: string): string {
  return report.replaceAll(/"(observedAt|resourceVersion|source)": "[^"]*"/g, '"$1": ""');
}

test('kubectl get -o json in a file gives the report of the live run', async () => {
  const [there, here] = [await live(), await fromFiles(lists)];
  expect(here.code).toBe(there.code);
  expect(ofKubernetes(here.report)).toEqual(ofKubernetes(there.report));
});

test('-o yaml gives the same report as -o json', async () => {
  const yaml = folder.write('a.yaml', await kubectlGet('yaml'));
  const [one, other] = [await fromFiles(lists), await fromFiles(yaml)];
  expect(timeless(other.stdout)).toBe(timeless(one.stdout));
});

test('the same lists can come on standard input', async () => {
  const [there, here] = [
    await live(),
    await diff(['httpbin', '--from', '-'], { input: readFileSync(lists, 'utf8') }),
  ];
  expect(ofKubernetes(here.report)).toEqual(ofKubernetes(there.report));
});

test('an upstream made of the cut Endpoints lacks the same 500 addresses', async () => {
  const answer = folder.write('b.json', adminAnswer({ namespace: crowd, nodes: view.endpoints }));
  const { code, report } = await fromFiles(lists, answer);
  expect({ code, status: report.status, codes: codes(report) }).toEqual({
    code: 1,
    status: 'Drift',
    codes: ['EndpointsTruncated', 'UpstreamCutByEndpoints'],
  });
  const [truncated, cut] = report.findings;
  expect(cut).toMatchObject({ upstream: `${crowd}_httpbin_80`, count: 500, addresses: truncated?.addresses });
  expect(ofKubernetes(report)).toEqual(ofKubernetes((await live()).report));
});

test('an upstream of all pods but one lacks that one, and one that is gone is stale there', async () => {
  const [lost, ...held] = view.readyPods;
  const nodes = [...held, '192.0.2.1'];
  const answer = folder.write('b.json', adminAnswer({ namespace: crowd, nodes }));
  const { report } = await fromFiles(lists, answer);
  expect(report.findings.map(({ code, addresses }) => [code, addresses])).toEqual([
    ['EndpointsTruncated', expect.any(Array)],
    ['MissingFromUpstream', [`${lost ?? ''}:80`]],
    ['StaleInUpstream', ['192.0.2.1:80']],
  ]);
});

test.each(['snapshot.json', 'snapshot.json.gz'])(
  'from %s comes the text of the live report',
  async (name) => {
    const file = folder.write(name, '');
    const taken = await eps(['snapshot', 'httpbin', '-n', crowd, '-f', file]);
    expect(taken).toMatchObject({ code: 0, stdout: '' });
    const bytes = readFileSync(file);
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    expect(JSON.parse(text)).toMatchObject({ apiVersion: 'eps/v1', kind: 'Snapshot' });
    const [there, here] = [await live(), await fromFiles(file)];
    expect(here.code).toBe(there.code);
    expect(timeless(here.stdout)).toBe(timeless(there.stdout));
  },
);

test('two reports from the same file are the same bytes', async () => {
  const file = folder.write(
    'twice.json',
    (await eps(['snapshot', 'httpbin', '-n', crowd, '-f', '-'])).stdout,
  );
  expect((await fromFiles(file)).stdout).toBe((await fromFiles(file)).stdout);
});
