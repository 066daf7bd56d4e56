import { describe, expect, test } from 'vitest';
import { isWithin } from '../../source/core/versions.ts';

describe('isWithin', () => {
  const ranges = [
    { from: '1.30.3', fixedIn: '1.30.6' },
    { from: '1.31.0', fixedIn: '1.31.2' },
  ];

  test.each([
    ['v1.30.2', false],
    ['v1.30.3', true],
    ['1.30.5', true],
    ['v1.30.6', false],
    ['v1.31.1', true],
    ['v1.31.1+k3s1', true],
    ['v1.31.1-eks-7f9249a', true],
    ['v1.31.10', false],
    ['v1.31.0-rc.1', false],
    ['v1.9.5', false],
    ['v2.0.0', false],
  ])('of %s is %s', (version, expected) => {
    expect(isWithin(version, ranges)).toBe(expected);
  });

  test.each(['', 'latest', '3.x', '1.30', 'release-1.30.3'])(
    'of %j, which is no version, is not known',
    (version) => {
      expect(isWithin(version, ranges)).toBeUndefined();
    },
  );

  test('without a first release it holds for all before, without a fixed one for all after', () => {
    expect(isWithin('0.4.0', [{ fixedIn: '1.0.0' }])).toBe(true);
    expect(isWithin('99.0.0', [{ from: '1.22.0' }])).toBe(true);
    expect(isWithin('1.21.9', [{ from: '1.22.0' }])).toBe(false);
  });

  test('a pre-release without a number comes before the first that has one', () => {
    expect(isWithin('2.0.0-beta', [{ from: '2.0.0-alpha.9', fixedIn: '2.0.0-beta.1' }])).toBe(true);
  });

  test.each([
    ['2.0.0-rc2', false],
    ['2.0.0-rc3', true],
    ['2.0.0-rc10', true],
    ['2.0.0-alpha.9', false],
    ['2.0.0', false],
  ])('a release candidate comes before its release: %s', (version, expected) => {
    expect(isWithin(version, [{ from: '2.0.0-rc3', fixedIn: '2.0.0' }])).toBe(expected);
  });
});
