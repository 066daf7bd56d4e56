import { expect, test } from 'vitest';
import { EpsError } from '../../source/core/error.ts';
import { parseLabelSelector } from '../../source/core/label-selector.ts';

const labels = { app: 'web', tier: 'front' };

test.each([
  ['', true],
  ['app=web', true],
  ['app==web,tier=front', true],
  ['app=web,tier=back', false],
  ['app!=api', true],
  ['missing!=x', true],
  ['app=web, tier=front', true],
  ['app in (api, web)', true],
  ['app in (api)', false],
  ['app notin (web)', false],
  ['missing notin (web)', true],
  ['tier', true],
  ['!tier', false],
  ['!missing', true],
])('the selector "%s" says %s of app=web,tier=front', (selector, verdict) => {
  expect(parseLabelSelector(selector)(labels)).toBe(verdict);
});

test('a selector that cannot be parsed is an error with an example', () => {
  const error = new EpsError('unable to parse requirement: "app=web=api"', { hint: '-l app=httpbin' });
  expect(() => parseLabelSelector('app=web=api')).toThrow(error);
});
