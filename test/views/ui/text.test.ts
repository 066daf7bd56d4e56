import { expect, test } from 'vitest';
import { cut, fit, paint, textWidth, wrap } from '../../../source/views/ui/text.ts';

test.each([
  ['httpbin', 7, 'start', 'httpbin'],
  ['httpbin', 5, 'start', 'http…'],
  ['httpbin', 5, 'end', '…pbin'],
  ['httpbin', 1, 'start', '…'],
  ['httpbin', 0, 'start', ''],
  ['古古古', 4, 'start', '古…'],
  ['a\u001bb', 3, 'start', 'a^…'],
] as const)('%j cut to %i columns keeps its %s: %j', (text, width, keep, expected) => {
  expect(cut(text, width, keep)).toBe(expected);
});

test('a fitted text takes exactly its columns, wide characters and controls counted', () => {
  for (const text of ['', 'abc', 'abcdefgh', '古古古古', 'a\r\nb', '😀😀😀']) {
    expect(textWidth(fit(text, 5)), text).toBe(5);
  }
});

test('wrapping breaks between words, and inside a word only when it is too long', () => {
  expect(wrap('two words and abcdefghijkl', 9)).toEqual(['two words', 'and', 'abcdefghi', 'jkl']);
  expect(wrap('', 9)).toEqual(['']);
});

test('painting escapes every piece and adds colour only when asked', () => {
  const line = [
    { text: 'x\u001b', tone: 'error' },
    { text: ' y', tone: 'plain' },
  ] as const;
  expect(paint(line, false)).toBe('x^[ y');
  expect(paint(line, true)).toBe('\u001b[31mx^[\u001b[39m y');
});
