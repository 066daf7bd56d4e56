import { expect, test } from 'vitest';
import type { ServiceSummaryList } from '../../source/core/report.ts';
import { eps } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import { settledHttpbin } from './settled.ts';
import { service, straySlice } from './services.ts';

const plane = sharedPlane();

/** A namespace of a Service in sync and one with an address that no pod has. */
async function mixed(): Promise<string> {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  const spec = { selector: { app: 'nothing' }, ports: [{ name: 'http', port: 80 }] };
  await plane.apply([
    service({ namespace: own, name: 'web', spec }),
    straySlice({ namespace: own, service: 'web', addresses: ['192.0.2.1'] }),
  ]);
  return own;
}

test('a namespace is listed with what each layer has, drift first, and ends 0', async () => {
  const own = await mixed();
  const { code, stdout, stderr } = await eps(['list', '-n', own]);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: [
      'NAME      STATUS   PODS     SLICES   ENDPOINTS   UPSTREAM   FINDING',
      'web       Drift    0/0      1/1      0/0         <none>     ForeignSliceManager',
      'httpbin   Synced   3/3      3/3      3/3         <none>     <none>',
      '',
    ].join('\n'),
  });
  expect(stderr).toContain(`kubectl eps diff web -n ${own}\n`);
});

test('of all namespaces every Service is listed that kubectl shows, with the verdict of diff', async () => {
  const own = await mixed();
  const { code, stdout } = await eps(['list', '-A', '-o', 'json']);
  const { items } = JSON.parse(stdout) as ServiceSummaryList;
  const columns = 'jsonpath={range .items[*]}{.metadata.name} {end}';
  const there = await plane.output(['get', 'services', '-n', own, '-o', columns]);
  const listed = items.filter(({ metadata }) => metadata.namespace === own);
  expect(code).toBe(0);
  expect(listed.map(({ metadata }) => metadata.name).sort()).toEqual(there.trim().split(' ').sort());
  for (const { metadata, status, findings } of listed) {
    const verdict = await eps(['diff', metadata.name, '-n', own, '--settle', '0', '-o', 'json']);
    const report = JSON.parse(verdict.stdout) as ServiceSummaryList['items'][number];
    expect({ status, codes: findings.map((finding) => finding.code) }).toEqual({
      status: report.status,
      codes: report.findings.map((finding) => finding.code),
    });
  }
});
