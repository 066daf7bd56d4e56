import { expect, test } from 'vitest';
import { digestOf } from '../../../source/core/replicas/digest.ts';

// Test vectors of http://www.isthe.com/chongo/src/fnv/test_fnv.c
test.each([
  ['', '811c9dc5'],
  ['a', 'e40c292c'],
  ['foobar', 'bf9cf968'],
])('the digest of "%s" is that of FNV-1a: %s', (text, digest) => {
  expect(digestOf(text)).toBe(digest);
});
