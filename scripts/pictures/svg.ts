import stringWidth from 'string-width';
import { parseAnsi, type Span, type Style } from './ansi.ts';
import type { Palette } from './palette.ts';

/** One picture of a terminal. */
export type Frame = {
  /** As `tmux capture-pane -e` prints it. */
  readonly ansi: string;
  /** What has been typed, above it. */
  readonly caption: string;
  /** How long it stays, in a recording. */
  readonly seconds: number;
};

export type Picture = {
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly palette: Palette;
  /** One is a still picture, several are a recording that begins again at its end. */
  readonly frames: readonly Frame[];
};

/** Pixels: of a character, between two rows, and around all. */
const cell = { width: 8.4, height: 18 };
const margin = 12;
/** From the top of a row to the foot of its letters. */
const baseline = 13;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;

function fillOf({ foreground, dim, inverse, background }: Style, palette: Palette): string {
  const color = (number: number | undefined) => (number === undefined ? undefined : palette.colors[number]);
  if (inverse) return color(background) ?? palette.background;
  return color(foreground) ?? (dim ? palette.dim : palette.foreground);
}

/** What lies under the text, where it is not the terminal's own. */
function shadeOf(
  { foreground, background, inverse }: Style,
  { colors, ...palette }: Palette,
): string | undefined {
  const number = inverse ? foreground : background;
  if (number !== undefined) return colors[number];
  return inverse ? palette.foreground : undefined;
}

type Place = { readonly column: number; readonly row: number };

/** The text of one style, held to its cells whatever font shows it. */
function drawSpan({ text, style }: Span, { column, row }: Place, palette: Palette): string {
  const top = margin + row * cell.height;
  const box = (words: string, from: number) => ({
    x: round(margin + from * cell.width),
    width: round(stringWidth(words) * cell.width),
  });
  const shade = shadeOf(style, palette);
  const under = box(text, column);
  const rectangle = `<rect x="${under.x}" y="${top}" width="${under.width}" height="${cell.height}" fill="${shade}"/>`;
  const words = text.trim();
  const { x, width } = box(words, column + text.indexOf(words));
  const fill = fillOf(style, palette);
  const look = [
    fill === palette.foreground ? '' : ` fill="${fill}"`,
    style.bold ? ' font-weight="bold"' : '',
  ].join('');
  const drawn = `<text x="${x}" y="${top + baseline}" textLength="${width}"${look}>${escape(words)}</text>`;
  return (shade === undefined ? '' : rectangle) + (words === '' ? '' : drawn);
}

function drawRow(spans: readonly Span[], row: number, palette: Palette): string {
  let column = 0;
  return spans
    .map((span) => {
      const place = { column, row };
      column += stringWidth(span.text);
      return drawSpan(span, place, palette);
    })
    .join('');
}

/** The caption, a blank row, and the terminal. */
function drawFrame({ ansi, caption }: Frame, palette: Palette): string {
  const heading = [{ text: caption, style: { dim: true } }];
  const rows = [heading, [], ...parseAnsi(ansi.replace(/\n+$/, ''))];
  return rows
    .map((spans, row) => drawRow(spans, row, palette))
    .filter((drawn) => drawn !== '')
    .join('\n');
}

/** One frame after the other, without end; where motion is not wanted, the first one. */
function animation(frames: readonly Frame[]): string {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let passed = 0;
  const rules = frames.map(({ seconds }, index) => {
    const percent = (at: number) => `${Math.round((at / total) * 1000) / 10}%`;
    const [from, to] = [percent(passed), percent(passed + seconds)];
    passed += seconds;
    const shown = `${from}{visibility:visible}${to === '100%' ? '' : `${to}{visibility:hidden}`}`;
    const before = from === '0%' ? '' : '0%{visibility:hidden}';
    return `@keyframes f${index}{${before}${shown}}#f${index}{animation:f${index} ${total}s step-end infinite}`;
  });
  return `<style>g+g{visibility:hidden}@media(prefers-reduced-motion:no-preference){${rules.join('')}}</style>\n`;
}

/** A picture of a terminal, of which every text can be selected and found. */
export function drawSvg({ title, columns, rows, palette, frames }: Picture): string {
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = (rows + 2) * cell.height + 2 * margin;
  const font = 'ui-monospace,SFMono-Regular,Menlo,Consolas,Liberation Mono,DejaVu Sans Mono,monospace';
  const drawn = frames.map((frame, index) => `<g id="f${index}">\n${drawFrame(frame, palette)}\n</g>\n`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" `,
    `role="img" xml:space="preserve" font-family="${font}" font-size="14" fill="${palette.foreground}">\n`,
    `<title>${escape(title)}</title>\n`,
    frames.length > 1 ? animation(frames) : '',
    `<rect width="100%" height="100%" rx="8" fill="${palette.background}" stroke="${palette.dim}" stroke-opacity="0.4"/>\n`,
    ...drawn,
    '</svg>\n',
  ].join('');
}
