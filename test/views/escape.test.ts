import { expect, test } from 'vitest';
import { escapeText } from '../../source/views/escape.ts';

test('ESC and CR are written as kubectl writes them', () => {
  expect(escapeText('a\u001b[31mb\rc')).toBe('a^[[31mb\\rc');
});

test('no control character and no mark of direction is left', () => {
  expect(escapeText('\u0000\u0007\b\t\n\u007f\u009b\u202e')).toBe('^@^G^H\\t\\n^?\\u009b\\u202e');
});

test('text of any language stays as it is', () => {
  expect(escapeText('größe 古 😀')).toBe('größe 古 😀');
});
