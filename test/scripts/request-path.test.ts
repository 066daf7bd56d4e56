import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/build/bundle.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const folder = temporaryFolder();
let inputs: Metafile['inputs'] = {};
beforeAll(async () => {
  inputs = await bundle({ outfile: `${folder.path}/kubectl-eps.cjs` });
  return folder.remove;
});

/** Of the modules that are loaded when first asked for, those that every command asks for. */
const always = [/^source\/commands\/(?:main|failure|talk)\.ts$/, /\/meow\//];

/** What is loaded before the program does anything else, and for a command; what is lazy in them is left out. */
function loaded(asked: readonly RegExp[]): readonly string[] {
  const found = new Set(['source/cli.ts']);
  for (const from of found) {
    for (const { path, kind, external } of inputs[from]?.imports ?? []) {
      const isLoaded = kind !== 'dynamic-import' || asked.some((pattern) => pattern.test(path));
      if (isLoaded && external !== true) found.add(path);
    }
  }
  return [...found];
}

/** Each takes longer to load than a small Service takes to read. */
const heavy = /node_modules\/(?:react|react-reconciler|ink|yoga-layout|undici|@kubernetes)\//;

test('--version is answered by little more than the first file', () => {
  expect(loaded([]).filter((path) => !path.startsWith('source/'))).toEqual(['package.json']);
});

describe.each(['diff', 'list', 'upstream', 'snapshot', 'doctor', 'demo'])('%s', (command) => {
  const asked = [...always, new RegExp(`^source/commands/${command}\\.ts$`)];

  test('loads neither the screen nor what only some clusters need', () => {
    const path = loaded(asked);
    expect(path).toContain(`source/commands/${command}.ts`);
    expect(path.filter((module) => heavy.test(module))).toEqual([]);
  });
});

test('the screen and credential plugins do load them', () => {
  const screen = loaded([...always, /^source\/commands\/diff\.ts$/, /run-screen\.tsx$/, /client-node\.ts$/]);
  const packages = screen.flatMap((module) => heavy.exec(module)?.[0] ?? []);
  expect([...new Set(packages)]).toEqual(
    expect.arrayContaining(['node_modules/react/', 'node_modules/ink/', 'node_modules/@kubernetes/']),
  );
});
