import { expect, test } from 'vitest';
import type { Labels } from '../../source/core/kubernetes.ts';
import { narrowTo } from '../../source/core/narrow.ts';
import { itemsOf } from '../../source/core/snapshot.ts';
import { reportOf } from '../helpers/judging.ts';
import { pod, read, service, snapshot } from '../helpers/snapshot.ts';

/** What is said of a Service with that selector beside one pod with those labels. */
function saidOf(selector: Labels, labels: Labels) {
  const report = reportOf({ services: read([service({ selector })]), pods: read([pod(1, { labels })]) });
  const [finding] = report.findings.filter(({ code }) => code === 'SelectorMatchesNothing');
  return finding && { severity: finding.severity, message: finding.message };
}

test.each([
  ['another key', { name: 'nginx-ingress' }, { app: 'nginx-ingress' }, 'app=nginx-ingress'],
  ['a letter too few', { app: 'httpbn' }, { app: 'httpbin' }, 'app=httpbin'],
  ['a wrong letter in the key', { tear: 'front' }, { tier: 'front' }, 'tier=front'],
])('%s is named as the nearest miss', (_, selector, labels, there) => {
  expect(saidOf(selector, labels)).toEqual({
    severity: 'Warning',
    message: `the selector matches no pod: pods have ${there}, the selector says ${Object.entries(selector)[0]?.join('=') ?? ''}`,
  });
});

test.each([
  ['another application', { app: 'web' }, { app: 'database' }],
  ['the next shard', { app: 'shard-1' }, { app: 'shard-2' }],
  ['a short value', { color: 'a' }, { color: 'b' }],
  ['two letters too few', { app: 'htpbn' }, { app: 'httpbin' }],
  ['two wrong letters', { app: 'hxtpbon' }, { app: 'httpbin' }],
  ['a letter too few and a wrong one', { app: 'htpbon' }, { app: 'httpbin' }],
  ['a letter too few in a short value', { color: 're' }, { color: 'red' }],
  ['a letter too few, which leaves a short value', { app: 'api' }, { app: 'apis' }],
  ['a letter too few under another key', { name: 'httpbn' }, { app: 'httpbin' }],
  ['a wrong letter in the key of another value', { tear: 'front' }, { tier: 'back' }],
  ['two labels that differ', { app: 'httpbn', tier: 'front' }, { app: 'httpbin', tier: 'back' }],
])('%s is no miss: the Service may be scaled to zero', (_, selector, labels) => {
  expect(saidOf(selector, labels)?.severity).toBe('Info');
});

test('of several labels the one is named that no pod has', () => {
  const said = saidOf({ app: 'httpbin', tier: 'frnt' }, { app: 'httpbin', tier: 'front' });
  expect(said).toMatchObject({ severity: 'Warning' });
  expect(said?.message).toContain('pods have tier=front, ');
});

test('a snapshot of such a Service keeps the pods of the namespace', () => {
  const lost = service({ selector: { name: 'web' } });
  const whole = snapshot({ services: read([lost]), pods: read([pod(1)]) });
  expect(itemsOf(narrowTo(whole, [lost]).pods)).toHaveLength(1);
});
