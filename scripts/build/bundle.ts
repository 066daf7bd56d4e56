import { readFile } from 'node:fs/promises';
import { build, type Metafile, type Plugin } from 'esbuild';
import { lastingInk } from './lasting-ink.ts';
import { leanMeow } from './lean-meow.ts';
import { bundlePath, root } from './paths.ts';

/** CommonJS holds no top-level await: yoga-layout loads behind `yogaReady`, Ink's development branch goes. */
const withoutTopLevelAwait: Plugin = {
  name: 'without-top-level-await',
  setup(bundler) {
    const yoga = { path: `${root}scripts/build/yoga-layout.js` };
    bundler.onResolve({ filter: /^yoga-layout$|\/yoga-ready\.ts$/ }, () => yoga);
    bundler.onResolve({ filter: /^\.\/devtools\.js$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
    bundler.onLoad({ filter: /\/ink\/build\/reconciler\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll(/\bawait (?=import\('\.\/devtools|loadPackageJson)/g, '') };
    });
  },
};

export type BundleOptions = {
  readonly outfile?: string;
  /** From the root of the tree. */
  readonly entryPoint?: string;
  /** Asked before the bundle's own. */
  readonly plugins?: readonly Plugin[];
};

/**
 * source/ as one CommonJS file; resolves with everything in it, by its path from the root, and what each part imports.
 * Nothing in it may tell where it was built: Bun puts the path in for `__filename`.
 */
export async function bundle({
  outfile = bundlePath,
  entryPoint = 'source/cli.ts',
  plugins = [],
}: BundleOptions = {}): Promise<Metafile['inputs']> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    loader: { '.gz': 'binary' },
    define: {
      'process.env.NODE_ENV': '"production"',
      'import.meta.url': 'programUrl',
      __filename: 'undefined',
    },
    banner: { js: 'const programUrl = require("node:url").pathToFileURL(process.execPath).href;' },
    plugins: [...plugins, withoutTopLevelAwait, leanMeow, lastingInk],
    logLevel: 'warning',
  });
  return metafile.inputs;
}
