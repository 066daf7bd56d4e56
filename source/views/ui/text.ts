import stringWidth from 'string-width';
import { escapeText } from '../escape.ts';

/** What a piece of text says, apart from its words. */
export type Tone = 'plain' | 'quiet' | 'strong' | 'good' | 'warning' | 'error' | 'selected';

export type Span = { readonly text: string; readonly tone: Tone };

/** One row of the screen, from left to right. */
export type Line = readonly Span[];

/**
 * SGR parameters, on and off. Of the 16 colours of terminals only red, magenta and bright blue can be read on black
 * as on white; good is blue, not green: red and green look alike to many.
 */
export const sgr: Readonly<Record<Tone, readonly [number, number] | undefined>> = {
  plain: undefined,
  quiet: [2, 22],
  strong: [1, 22],
  good: [94, 39],
  warning: [35, 39],
  error: [31, 39],
  selected: [7, 27],
};

const printableAscii = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter();

/** Terminal columns that the text takes once escaped. */
export function textWidth(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(escapeText(text));
}

/** Terminal columns of the whole line. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** The text in at most `width` columns; `keep` is the end that survives beside the `…`. */
export function cut(text: string, width: number, keep: 'start' | 'end' = 'start'): string {
  if (textWidth(text) <= width) return escapeText(text);
  const graphemes = Array.from(segmenter.segment(escapeText(text)), ({ segment }) => segment);
  if (keep === 'end') graphemes.reverse();
  const kept: string[] = [];
  let room = width - 1;
  for (const grapheme of graphemes) {
    room -= textWidth(grapheme);
    if (room < 0) break;
    kept.push(grapheme);
  }
  if (width < 1) return '';
  return keep === 'end' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}

/** The text in exactly `width` columns. */
export function fit(text: string, width: number, keep: 'start' | 'end' = 'start'): string {
  const short = cut(text, width, keep);
  return short + ' '.repeat(Math.max(0, width - textWidth(short)));
}

/** The line in at most `width` columns, as {@link cut} does it. */
export function cutLine(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line;
  const end = line.findIndex((_span, index) => lineWidth(line.slice(0, index + 1)) >= width);
  const kept = line.slice(0, end);
  const [first, ...others] = line.slice(end);
  if (!first) return line;
  const text = [first, ...others].map((span) => span.text).join('');
  return [...kept, { text: cut(text, width - lineWidth(kept)), tone: first.tone }];
}

/** The text in lines of at most `width` columns, broken between words where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const pieces = new RegExp(`.{1,${Math.max(1, width)}}`, 'gu');
  const words = escapeText(text)
    .split(' ')
    .flatMap((word) => word.match(pieces) ?? ['']);
  const [first = '', ...others] = words;
  const lines = [first];
  for (const word of others) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (textWidth(longer) <= width) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** The line as one string; every piece of it is escaped here, whoever wrote it. */
export function paint(line: Line, color: boolean): string {
  return line
    .map(({ text, tone }) => {
      const codes = color ? sgr[tone] : undefined;
      return codes ? `\u001b[${codes[0]}m${escapeText(text)}\u001b[${codes[1]}m` : escapeText(text);
    })
    .join('');
}
