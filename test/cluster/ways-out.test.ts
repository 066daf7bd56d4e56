import path from 'node:path';
import type { Plugin } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/build/bundle.ts';
import { compile } from '../../scripts/build/compile.ts';
import { bundlePath } from '../../scripts/build/paths.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { endpoints, ips, pods, read, slice, snapshot, unread } from '../helpers/snapshot.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { isGone, normal, runOn } from './run-on.ts';
import { openTerminal, type Terminal } from './tmux.ts';
import { eventually } from './wait.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Runs what opens the screen, and waits until it has. */
async function open(command: string) {
  const terminal = await openTerminal({ columns: 200, rows: 50 });
  const run = await runOn(terminal, command);
  await terminal.until('? keys');
  expect(await terminal.modes()).toEqual({ ...normal, alternateScreen: true, cursor: false });
  return { terminal, ...run };
}

type Leave = (terminal: Terminal, pid: number) => unknown;
const pressing =
  (...keys: readonly string[]): Leave =>
  (terminal) =>
    terminal.press(...keys);
const sending =
  (signal: NodeJS.Signals): Leave =>
  (_, pid) =>
    process.kill(pid, signal);

/** The program as krew installs it, and as npm does. */
const installed = { krew: 'kubectl eps', npm: `${process.execPath} ${bundlePath}` };

describe.each(Object.entries(installed))('the program of %s', (_, program) => {
  test.each([
    ['q', 1, pressing('q')],
    ['ctrl-C', 130, pressing('C-c')],
    ['SIGINT', 130, sending('SIGINT')],
    ['SIGTERM', 143, sending('SIGTERM')],
    ['SIGHUP', 129, sending('SIGHUP')],
  ] as const)('leaves its report and the terminal as it was on %s, with %i', async (_, code, leave) => {
    const { terminal, pid, left } = await open(`${program} demo`);
    await leave(terminal, pid());
    const text = await left();
    expect(text).toContain('default/httpbin: Drift\n');
    expect(text).toContain(`\ncode=${code}\n`);
  });

  test('is gone when its terminal is', async () => {
    const { terminal, pid } = await open(`${program} demo`);
    const before = pid();
    await terminal.close();
    await eventually('the end', () => isGone(before), { timeout: 5_000 });
  });

  test('is gone when its terminal is, though no signal says so', async () => {
    const { terminal, pid } = await open(`setsid --wait sh -c "echo \\$\\$ > pid; exec ${program} demo"`);
    const before = pid();
    await terminal.close();
    await eventually('the end', () => isGone(before), { timeout: 5_000 });
  });
});

const inSync: Partial<Snapshot> = {
  pods: read(pods(2)),
  endpointSlices: read([slice(ips(1, 2))]),
  endpoints: read([endpoints(ips(1, 2))]),
};

test.each([
  ['Synced', 0, inSync],
  ['Unknown', 3, { ...inSync, endpointSlices: unread }],
] as const)('%s leaves with %i', async (status, code, layers) => {
  const file = folder.write(`${status}.json`, JSON.stringify(snapshot(layers)));
  const { terminal, left } = await open(`kubectl eps diff web --from ${file}`);
  await terminal.press('q');
  const text = await left();
  expect(text).toContain(`shop/web: ${status}\n`);
  expect(text).toContain(`\ncode=${code}\n`);
});

test('ctrl-Z is a key, and suspends nothing', async () => {
  const { terminal, left } = await open('kubectl eps demo');
  await terminal.press('C-z');
  await terminal.until('2000 of 2000 shown');
  await terminal.press('q');
  expect(await left()).toContain('\ncode=1\n');
});

/** The program, but for one module of the screen. */
async function broken(module: RegExp, contents: string): Promise<string> {
  const plugin: Plugin = {
    name: 'broken',
    setup: (bundler) => {
      bundler.onLoad({ filter: module }, () => ({ contents, loader: 'tsx' }));
    },
  };
  const outfile = path.join(folder.path, 'broken.cjs');
  await bundle({ outfile, plugins: [plugin] });
  const program = path.join(folder.path, 'broken');
  await compile(outfile, program);
  return program;
}

const bug = "throw new Error('it broke')";

test.each([
  ['a component', /\/help-lines\.ts$/, `export const helpLines = () => { ${bug}; };`, pressing('?')],
  [
    'the reducer',
    /\/table\/filter\.ts$/,
    `
    export const parseFilter = (text) => { if (text) ${bug}; return { kind: 'Valid', terms: [] }; };
    export const matcher = () => () => true;`,
    pressing('/', 'x'),
  ],
  [
    'what nobody awaits',
    /\/help-lines\.ts$/,
    `export const helpLines = () => { setTimeout(() => { ${bug}; }); return []; };`,
    pressing('?'),
  ],
] as const)(
  'a bug in %s is told below the report, on a terminal as it was',
  async (_, module, code, reach) => {
    const { terminal, pid, left } = await open(`${await broken(module, code)} demo`);
    await reach(terminal, pid());
    const text = await left();
    expect(text).toMatch(
      /default\/httpbin: Drift\n[^]*error: this is a bug in kubectl eps, please report it at \S+\nError: it broke\n/,
    );
    expect(text).toContain('\ncode=2\n');
  },
);
