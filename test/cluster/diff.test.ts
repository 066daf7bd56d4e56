import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { codes, diff, diffAll, onPort } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import type { View } from './kubectl-view.ts';
import { crowd, gatherCrowd, settledHttpbin } from './settled.ts';
import { straySlice } from './services.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();

test('twenty ready pods that are everywhere are in sync', async () => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 20 });
  const { code, report } = await diff(['httpbin', '-n', own]);
  expect({ code, status: report.status }).toEqual({ code: 0, status: 'Synced' });
  expect(report.findings).toEqual([]);
  expect(report.addresses.map(({ address }) => address).sort()).toEqual(onPort(80, readyPods));
  expect(report.layers.slice(0, 3)).toMatchObject([
    { name: 'Pods', state: 'Read', objects: 20, ready: 20 },
    { name: 'EndpointSlices', state: 'Read', objects: 1, addresses: 20, ready: 20 },
    { name: 'Endpoints', state: 'Read', objects: 1, addresses: 20, ready: 20 },
  ]);
});

test('several Services make a list, and the worst of them the exit code', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const spec = { selector: { app: 'nothing' }, ports: [{ name: 'http', port: 80 }] };
  await plane.apply([
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: own }, spec },
    straySlice({ namespace: own, service: 'web', addresses: ['192.0.2.1'] }),
  ]);
  const { code, report } = await diffAll(['web', 'svc/httpbin', '-n', own]);
  expect(code).toBe(1);
  expect(report.kind).toBe('ServiceReportList');
  expect(report.items.map(({ metadata, status }) => [metadata.name, status])).toEqual([
    ['httpbin', 'Synced'],
    ['web', 'Drift'],
  ]);
});

test('-l takes the Services with a label, of one namespace or with -A of all', async () => {
  const [here, there] = [await namespace(plane), await namespace(plane)];
  for (const own of [here, there]) {
    await settledHttpbin(plane, { namespace: own, replicas: 1 });
    await plane.output(['label', 'service', 'httpbin', `team=${here}`, '-n', own]);
  }
  const namesOf = async (...args: readonly string[]) => {
    const { code, report } = await diffAll([...args, '-l', `team=${here}`]);
    return { code, namespaces: report.items.map(({ metadata }) => metadata.namespace) };
  };
  expect(await namesOf('-n', there)).toEqual({ code: 0, namespaces: [there] });
  expect(await namesOf('-A')).toEqual({ code: 0, namespaces: [here, there].sort() });
});

describe('1500 ready pods', () => {
  let view: View;
  beforeAll(async () => {
    view = await gatherCrowd(plane);
  });

  test('are cut in Endpoints, and the 500 of the one finding are those that kubectl does not show there', async () => {
    const { code, report } = await diff(['httpbin', '-n', crowd]);
    const kept = new Set(view.endpoints);
    const lost = onPort(
      80,
      view.readyPods.filter((ip) => !kept.has(ip)),
    );
    expect({ code, status: report.status, codes: codes(report) }).toEqual({
      code: 1,
      status: 'Drift',
      codes: ['EndpointsTruncated'],
    });
    expect(lost).toHaveLength(500);
    const [finding] = report.findings;
    expect([...(finding?.addresses ?? [])].sort()).toEqual(lost);
    const drifted = report.addresses.filter(({ firstDivergence }) => firstDivergence !== undefined);
    expect(drifted.map(({ address }) => address).sort()).toEqual(lost);
    expect(new Set(drifted.map(({ because }) => because))).toEqual(new Set(['EndpointsTruncated']));
  });

  test('with -A are one of all the Services that kubectl shows, and the report is what the schema says', async () => {
    const columns = 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
    const services = () => plane.output(['get', 'services', '-A', '-o', columns]);
    // Namespaces of earlier tests may still be going.
    const { code, report, there } = await eventually('a report while no Service came or went', async () => {
      const before = await services();
      const told = await diffAll(['-A']);
      const isStill = (await services()) === before;
      return isStill && { ...told, there: before.trim().split('\n') };
    });
    const names = report.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(names).toEqual(there.sort());
    expect(code).toBe(1);
    const schema = readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schema) as object);
    validate(report);
    expect(validate.errors).toBeNull();
  });
});
