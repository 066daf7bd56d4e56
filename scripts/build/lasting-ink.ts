import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { changed, type Change } from './change.ts';

/** Rows that are remembered: of some pages of a large terminal. */
const most = 500;

/** Ink reads every row of a frame grapheme by grapheme, and forgets them all with the frame: half of what it costs. */
const changes: readonly Change[] = [
  [
    'class OutputCaches {',
    `class OutputCaches {
    static lasting = new OutputCaches();
    static forFrame() {
        if (this.lasting.styledChars.size > ${most}) this.lasting = new OutputCaches();
        return this.lasting;
    }`,
  ],
  ['caches = new OutputCaches();', 'caches = OutputCaches.forFrame();'],
];

/** Ink that reads a row only once while it stays on the screen. */
export const lastingInk: Plugin = {
  name: 'lasting-ink',
  setup(bundler) {
    bundler.onLoad({ filter: /\/ink\/build\/output\.js$/ }, async ({ path }) => ({
      contents: changed('Ink', await readFile(path, 'utf8'), changes),
    }));
  },
};
