import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A program to be timed; its output is thrown away. */
export type Command = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
};

/** ms: median, least and most of the rounds. */
export type Timing = { readonly median: number; readonly least: number; readonly most: number };

/** What is measured in turn, so that a busy machine is busy for all of it. */
export type Measured = Command | (() => void);

/** Odd: the median is one of them. */
const rounds = 7;

async function run(
  { program, args, env }: Command,
  output: 'ignore' | 'pipe',
): Promise<readonly [stdout: string, stderr: string]> {
  const child = spawn(program, args, { env, stdio: ['ignore', output, 'pipe'] });
  const [stdout, stderr] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'close'),
  ]);
  // 1 is drift.
  if (child.exitCode !== 0 && child.exitCode !== 1) {
    throw new Error(`${program} ${args.join(' ')} ended with ${child.exitCode ?? 'a signal'}: ${stderr}`);
  }
  return [stdout, stderr];
}

/** stdout of one run. */
export async function outputOf(command: Command): Promise<string> {
  return (await run(command, 'pipe'))[0];
}

/** MB that it had in memory at most, by GNU time. */
export async function peakOf({ program, args, env }: Command): Promise<number> {
  const timed = { program: '/usr/bin/time', args: ['-f', '%M', program, ...args], ...(env && { env }) };
  const [, stderr] = await run(timed, 'ignore');
  return Number(/(\d+)\s*$/.exec(stderr)?.[1]) / 1024;
}

async function timeOf(measured: Measured): Promise<number> {
  const start = performance.now();
  if (typeof measured === 'function') measured();
  else await run(measured, 'ignore');
  return performance.now() - start;
}

function timing(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (index: number) => sorted.at(index) ?? Number.NaN;
  return { median: at(Math.floor(sorted.length / 2)), least: at(0), most: at(-1) };
}

/** All of them once to warm up, then in turn, round after round. */
export async function timings<Name extends string>(
  measurements: Readonly<Record<Name, Measured>>,
): Promise<Readonly<Record<Name, Timing>>> {
  const entries = Object.entries<Measured>(measurements);
  const taken = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (const [, measured] of entries) await timeOf(measured);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measured] of entries) taken.get(name)?.push(await timeOf(measured));
  }
  const result = Object.fromEntries([...taken].map(([name, times]) => [name, timing(times)]));
  return result as Readonly<Record<Name, Timing>>;
}
