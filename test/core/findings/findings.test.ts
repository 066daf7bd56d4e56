import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findings } from '../../../source/core/findings/index.ts';
import { fileOf, judged, type Fixture } from '../../helpers/finding-fixture.ts';

const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts'));
const fixtures = new Map(
  await Promise.all(
    files.map(async (file) => {
      const { fixture } = (await import(/* @vite-ignore */ `./${file}`)) as { readonly fixture: Fixture };
      return [file, fixture] as const;
    }),
  ),
);

test('every finding has a file with a case where it appears and two near misses, and no file is of no finding', () => {
  expect(files).toEqual(findings.map(({ code }) => fileOf(code)).sort());
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
