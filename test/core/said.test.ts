import { describe, expect, test } from 'vitest';
import { findings } from '../../source/core/findings/index.ts';
import { fileOf, judged, readFixtures } from '../helpers/finding-fixture.ts';

const fixtures = await readFixtures();

describe.each(findings)('$code says', ({ code }) => {
  test.each(fixtures.get(fileOf(code))?.appears ?? [])('$title', ({ given }) => {
    const { own } = judged(given, code);
    expect(own.map(({ message, hint }) => `${message}\n${hint}`).join('\n\n')).toMatchSnapshot();
  });
});
