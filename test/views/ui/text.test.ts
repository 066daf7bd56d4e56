import { expect, test } from 'vitest';
import { cut, cutLine, fit, paint, sgr, textWidth, wrap, type Line } from '../../../source/views/ui/text.ts';

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

test.each([
  [7, 'good:abcd error:efg'],
  [6, 'good:abcd error:e…'],
  [5, 'good:abcd error:…'],
  [4, 'good:abc…'],
])('a line cut to %i columns keeps the tones of what is left: %s', (width, expected) => {
  const line: Line = [
    { text: 'abcd', tone: 'good' },
    { text: 'efg', tone: 'error' },
  ];
  expect(
    cutLine(line, width)
      .map(({ text, tone }) => `${tone}:${text}`)
      .join(' '),
  ).toBe(expected);
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

/** xterm's palette, which most others are near to. */
const xterm: Readonly<Record<number, readonly [number, number, number]>> = {
  31: [205, 0, 0],
  32: [0, 205, 0],
  33: [205, 205, 0],
  34: [0, 0, 238],
  35: [205, 0, 205],
  36: [0, 205, 205],
  94: [92, 92, 255],
};

/** WCAG 2: relative luminance. */
function luminance(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('no colour vanishes on a black or on a white terminal', () => {
  const contrasts = Object.values(sgr).flatMap((codes) => {
    const color = codes && xterm[codes[0]];
    return color ? [[(luminance(color) + 0.05) / 0.05, 1.05 / (luminance(color) + 0.05)]] : [];
  });
  expect(contrasts).toHaveLength(3);
  for (const [onBlack, onWhite] of contrasts) {
    expect(onBlack).toBeGreaterThan(3);
    expect(onWhite).toBeGreaterThan(3);
  }
});
