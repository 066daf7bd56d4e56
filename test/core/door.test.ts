import { expect, test } from 'vitest';
import {
  asArray,
  asLabels,
  asNumber,
  asRecord,
  asText,
  optional,
  parseJson,
} from '../../source/core/door.ts';

test.each([null, [1], 'text', 1, undefined])('%j is no record', (value) => {
  expect(asRecord(value)).toEqual({});
});

test.each([null, { length: 1 }, 'text', undefined])('%j is no list', (value) => {
  expect(asArray(value)).toEqual([]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, '1', null])('%s is no number', (value) => {
  expect(asNumber(value)).toBeUndefined();
});

test('what is of the type asked for stays', () => {
  expect([asRecord({ a: 1 }), asArray([1]), asNumber(0), asText('')]).toEqual([{ a: 1 }, [1], 0, '']);
});

test('of labels those are kept that are texts', () => {
  expect(asLabels({ app: 'web', replicas: 3, empty: '', none: null })).toEqual({ app: 'web', empty: '' });
});

test('a member without a value is not there, and 0 and false are values', () => {
  const members = [undefined, '', 0, false].map((value) => Object.keys(optional('key', value)));
  expect(members).toEqual([[], [], ['key'], ['key']]);
});

test('half a JSON is undefined, and null is null', () => {
  expect([parseJson('{"a":'), parseJson('null'), parseJson('[1]')]).toEqual([undefined, null, [1]]);
});
