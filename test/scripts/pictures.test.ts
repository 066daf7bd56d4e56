import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { parseAnsi } from '../../scripts/pictures/ansi.ts';
import { palettes } from '../../scripts/pictures/palette.ts';
import { size, story } from '../../scripts/pictures/story.ts';
import { drawSvg } from '../../scripts/pictures/svg.ts';
import { main } from '../../source/commands/main.ts';
import { fakeIo } from '../helpers/io.ts';
import { FakeKeyboard, FakeScreen } from '../helpers/terminal.ts';

describe('ANSI', () => {
  test('is text in styles, which hold over the ends of lines', () => {
    expect(parseAnsi('a\u001b[1;36mb\n\u001b[7mc\u001b[22;27;39md\u001b[0;97;41me\u001b[39;49mf')).toEqual([
      [
        { text: 'a', style: {} },
        { text: 'b', style: { bold: true, foreground: 6 } },
      ],
      [
        { text: 'c', style: { bold: true, foreground: 6, inverse: true } },
        { text: 'd', style: { bold: false, dim: false, inverse: false } },
        { text: 'e', style: { foreground: 15, background: 1 } },
        { text: 'f', style: {} },
      ],
    ]);
  });

  test.each(['\u001b[38;5;200mx', '\u001b[4mx', '\u001b[2Jx', '\u001b]0;x'])(
    '%j is refused: a picture could not show it',
    (text) => {
      expect(() => parseAnsi(text)).toThrow('place in a picture');
    },
  );
});

/** The body of a picture of 4 columns and 1 row. */
function drawn(ansi: string): readonly string[] {
  const frames = [{ ansi, caption: '', seconds: 1 }];
  const svg = drawSvg({ title: 't', columns: 4, rows: 1, palette: palettes.light, frames });
  return (/<g id="f0">\n([^]*)\n<\/g>/.exec(svg)?.[1] ?? '').split('\n');
}

describe('SVG', () => {
  test('text stays text, and markup in it too', () => {
    expect(drawn('<&>')).toEqual(['<text x="12" y="61" textLength="25.2">&lt;&amp;&gt;</text>']);
  });

  test('text stands in its cells, wide characters in two', () => {
    expect(drawn('\u001b[31m世 \u001b[1mx')).toEqual([
      '<text x="12" y="61" textLength="16.8" fill="#cf222e">世</text>' +
        '<text x="37.2" y="61" textLength="8.4" fill="#cf222e" font-weight="bold">x</text>',
    ]);
  });

  test('a row that is inverse is so to its end', () => {
    expect(drawn('\u001b[7m x ')).toEqual([
      '<rect x="12" y="48" width="25.2" height="18" fill="#1f2328"/>' +
        '<text x="20.4" y="61" textLength="8.4" fill="#ffffff">x</text>',
    ]);
  });

  test('a recording shows each frame for its time, and only the first where motion is not wanted', () => {
    const frames = [
      { ansi: 'a', caption: '', seconds: 3 },
      { ansi: 'b', caption: '', seconds: 1 },
    ];
    const svg = drawSvg({ title: 't', columns: 4, rows: 1, palette: palettes.light, frames });
    expect(/<style>(.*)<\/style>/.exec(svg)?.[1]).toBe(
      'g+g{visibility:hidden}@media(prefers-reduced-motion:no-preference){' +
        '@keyframes f0{0%{visibility:visible}75%{visibility:hidden}}#f0{animation:f0 4s step-end infinite}' +
        '@keyframes f1{0%{visibility:hidden}75%{visibility:visible}}#f1{animation:f1 4s step-end infinite}}',
    );
  });
});

/** How bright a colour is, and how far apart two are: WCAG 2.1, relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each(Object.entries(palettes))('every color of %s can be read on its background', (_, palette) => {
  const ground = luminance(palette.background);
  const poor = [palette.foreground, palette.dim, ...palette.colors].filter((color) => {
    const [darker = 0, lighter = 0] = [luminance(color), ground].toSorted((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05) < 4.5;
  });
  expect(poor).toEqual([]);
});

const file = (name: string) => new URL(`../../docs/pictures/${name}.svg`, import.meta.url);

/** The rows of each frame as text, from where the drawing has put it. */
function framesOf(name: string): readonly (readonly string[])[] {
  const frames = readFileSync(file(name), 'utf8').matchAll(/<g id="f\d+">([^]*?)<\/g>/g);
  return Array.from(frames, ([, frame = '']) => {
    const rows: (string | undefined)[] = [];
    for (const [, x, y, text = ''] of frame.matchAll(/<text x="([\d.]+)" y="(\d+)"[^>]*>(.*?)<\/text>/g)) {
      const row = (Number(y) - 25) / 18;
      const before = (rows[row] ?? '').padEnd(Math.round((Number(x) - 12) / 8.4));
      rows[row] = before + text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    }
    return Array.from(rows, (row) => row ?? '');
  });
}

/** What the screen shows at each step of the story. */
async function shownNow(): Promise<readonly (readonly string[])[]> {
  const stdin = new FakeKeyboard();
  const stdout = new FakeScreen(size.columns, size.rows);
  const io = {
    ...fakeIo(['demo']).io,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
  };
  const ended = main(io);
  const frames: (readonly string[])[] = [];
  for (const { keys, shows, caption } of story) {
    stdin.write(keys);
    await vi.waitFor(
      () => {
        expect(stdout.lines.join('\n')).toContain(shows);
      },
      { timeout: 15_000 },
    );
    frames.push([caption, '', ...stdout.lines]);
  }
  stdin.write('\u0003');
  await ended;
  return frames;
}

const themes = Object.keys(palettes);

test('the pictures of the README show what the screen shows (npm run pictures draws them anew)', async () => {
  const now = await shownNow();
  for (const theme of themes) {
    expect(framesOf(`recording-${theme}`)).toEqual(now);
    expect(framesOf(`screen-${theme}`)).toEqual(now.slice(0, 1));
  }
});

test.each(themes)('the pictures of %s are small', (theme) => {
  const sizes = ['screen', 'recording'].map((name) => statSync(file(`${name}-${theme}`)).size);
  expect(sizes.every((bytes) => bytes < 300_000)).toBe(true);
});
