/** `npm run build`: source/ into one CommonJS bundle, and that into the executable of this machine, dist/kubectl-eps. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = `${root}dist/kubectl-eps.cjs`;

/** CommonJS holds no top-level await: yoga-layout loads behind `yogaReady`, Ink's development branch goes. */
const withoutTopLevelAwait: Plugin = {
  name: 'without-top-level-await',
  setup(bundler) {
    const yoga = { path: `${root}scripts/yoga-layout.js` };
    bundler.onResolve({ filter: /^yoga-layout$|\/yoga-ready\.ts$/ }, () => yoga);
    bundler.onResolve({ filter: /^\.\/devtools\.js$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
    bundler.onLoad({ filter: /\/ink\/build\/reconciler\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll(/\bawait (?=import\('\.\/devtools|loadPackageJson)/g, '') };
    });
  },
};

await build({
  entryPoints: [`${root}source/cli.ts`],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: true,
  legalComments: 'none',
  loader: { '.gz': 'binary' },
  define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': 'bundleUrl' },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  plugins: [withoutTopLevelAwait],
  logLevel: 'warning',
});

rmSync(`${root}dist/kubectl-eps`, { force: true });
mkdirSync(`${root}dist`, { recursive: true });
const compile = [
  'build',
  '--compile',
  '--bytecode',
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
];
execFileSync(`${root}node_modules/.bin/bun`, [...compile, bundle, '--outfile', `${root}dist/kubectl-eps`], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
