import { describe, expect, test } from 'vitest';
import { findings } from '../../../source/core/findings/index.ts';
import { fileOf, judged, readFixtures } from '../../helpers/finding-fixture.ts';

const fixtures = await readFixtures();

test('every finding has a file with a case where it appears and two near misses, and no file is of no finding', () => {
  expect([...fixtures.keys()]).toEqual(findings.map(({ code }) => fileOf(code)).sort());
  for (const [file, { appears, nearMisses }] of fixtures) {
    expect(appears.length, file).toBeGreaterThanOrEqual(1);
    expect(nearMisses.length, file).toBeGreaterThanOrEqual(2);
  }
});

describe.each(findings)('$code', ({ code }) => {
  const { appears, nearMisses } = fixtures.get(fileOf(code)) ?? { appears: [], nearMisses: [] };

  test.each(appears)('appears: $title', ({ given, says, beside = [] }) => {
    const { report, own, others } = judged(given, code);
    expect(own).toMatchObject(says);
    expect(others).toEqual(beside);
    expect(report.status === 'Drift').toBe(report.findings.some(({ severity }) => severity !== 'Info'));
  });

  test.each(nearMisses)('does not: $title', ({ given, instead = [] }) => {
    const { own, others } = judged(given, code);
    expect(own).toEqual([]);
    expect(others).toEqual(instead);
  });
});
