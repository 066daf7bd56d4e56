import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { itemsOf } from '../../source/core/snapshot.ts';
import { summarise } from '../../source/core/summarise.ts';
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

test('a list of reports is what the schema says, and nothing else is', async () => {
  const report = judgeCase('insync-20', await snapshotOf('insync-20'));
  expect(validate(asDocument([report, report], true))).toBe(true);
  expect(validate({ ...report, status: 'Fine' })).toBe(false);
});
