import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { itemsOf } from '../../source/core/snapshot.ts';
import { summarise } from '../../source/core/summarise.ts';
import { listReplicas, listUpstreams } from '../../source/core/upstream-list.ts';
import { asDocument } from '../../source/views/json.ts';
import { caseNames, judgeCase, snapshotOf } from '../helpers/cases.ts';
import { agreed, reportOf, twoGateways } from '../helpers/judging.ts';
import { ips, read, replica, unread, upstream } from '../helpers/snapshot.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'),
) as object;
const ajv = new Ajv2020({ allErrors: true });
const validate = ajv.compile(schema);

test.each(caseNames)('the report of %s is what the schema says', async (name) => {
  const report = judgeCase(name, await snapshotOf(name));
  validate(JSON.parse(JSON.stringify(asDocument([report], false))));
  expect(validate.errors).toBeNull();
});

test('the report of pods of the gateway is what the schema says', () => {
  const hosts = ips(1, 2, 3);
  const odd = replica('b', ips(1), { runtime: unread, healthChecks: unread });
  const replicas = read([replica('a', hosts, { probed: ips(9) }), replica('c', ips(1)), odd]);
  const report = reportOf({ ...agreed, upstreams: read([upstream(hosts)]), replicas });
  expect(report.findings.map(({ code }) => code)).toEqual(['ReplicaSplit', 'HealthCheckGhost']);
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors).toBeNull();
});

test.each(caseNames)('the summary of %s is what the schema says', async (name) => {
  const whole = await snapshotOf(name);
  validate(JSON.parse(JSON.stringify(summarise(whole, itemsOf(whole.services)))));
  expect(validate.errors).toBeNull();
});

test('the report of several gateways is what the schema says', () => {
  validate(JSON.parse(JSON.stringify(twoGateways())));
  expect(validate.errors).toBeNull();
});

test.each(caseNames)('the upstreams of %s are what the schema says', async (name) => {
  validate(JSON.parse(JSON.stringify(listUpstreams(itemsOf((await snapshotOf(name)).upstreams)))));
  expect(validate.errors).toBeNull();
});

test('upstreams with all that may be known of them, in every pod, are what the schema says', () => {
  const all = [
    upstream(ips(1), {
      routes: ['r1'],
      inline: { kind: 'Service', id: 's1' },
      shares: [{ of: { kind: 'Route', id: 'r1' }, weight: 1, total: 3 }],
    }),
    upstream(['web.example.com'], { id: '2', name: '', source: 'Manual', orphan: 'NoService' }),
    upstream([], { id: '3', source: 'Discovery', nodes: { state: 'Unread', reason: 'discovery by dns' } }),
  ];
  const replicas = [
    replica('a', ips(1), { runtime: read(all), probed: ips(1) }),
    replica('b', ips(1), { healthChecks: unread }),
  ];
  for (const list of [listUpstreams(all), listReplicas(replicas)]) {
    validate(JSON.parse(JSON.stringify(list)));
    expect(validate.errors).toBeNull();
  }
  const [first] = listUpstreams(all).items;
  expect(validate({ ...listUpstreams([]), items: [{ ...first, nodes: undefined }] })).toBe(false);
});

test('a list of reports is what the schema says, and nothing else is', async () => {
  const report = judgeCase('insync-20', await snapshotOf('insync-20'));
  expect(validate(asDocument([report, report], true))).toBe(true);
  expect(validate({ ...report, status: 'Fine' })).toBe(false);
});
