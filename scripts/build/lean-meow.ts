import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { changed, type Change } from './change.ts';

/** What meow reads a package.json with, and looks it over: half of it, run at every start. */
const unused: Readonly<Record<string, readonly Change[]>> = {
  'options.js': [
    [
      "import { a as readPackageUpSync, n as normalizePackageData } from './dependencies.js';",
      'const readPackageUpSync = () => undefined, normalizePackageData = () => undefined;',
    ],
  ],
  'dependencies.js': [
    ['= requireNormalize();', '= /* @__PURE__ */ requireNormalize();'],
    [
      '= getDefaultExportFromCjs(normalizeExports);',
      '= /* @__PURE__ */ getDefaultExportFromCjs(normalizeExports);',
    ],
    ['promisify(execFile);', ''],
  ],
};

/** meow without what it would need if it were not given a `pkg`. */
export const leanMeow: Plugin = {
  name: 'lean-meow',
  setup(bundler) {
    bundler.onLoad({ filter: /\/meow\/build\/(options|dependencies)\.js$/ }, async ({ path }) => {
      const changes = unused[path.slice(path.lastIndexOf('/') + 1)] ?? [];
      return { contents: changed('meow', await readFile(path, 'utf8'), changes) };
    });
  },
};
