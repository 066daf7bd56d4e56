#!/usr/bin/env node
import path from 'node:path';
import { clientVersion } from './commands/client-version.ts';
import { completeCommand, completerName } from './commands/command.ts';
import { EpsError } from './core/error.ts';

/** 128 and the signal's number, as a shell reports them. */
const signalCodes = [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

/** ms that a command has to end by itself: the terminal may be gone, and nobody there to send a second signal. */
const patience = 2000;

type Stop = { readonly signal: AbortSignal; readonly end: (code: number) => void };

/** Ends at once what does not end by itself. */
function kill(name: NodeJS.Signals): void {
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}

/** The first reason to stop decides the exit code, even when the command has just given its own. */
function stopper(): Stop {
  const controller = new AbortController();
  const { signal } = controller;
  function end(code: number): void {
    if (signal.aborted) return;
    process.exitCode = code;
    controller.abort();
    // What waits for standard input would go on waiting.
    process.stdin.destroy();
  }
  for (const [name, code] of signalCodes) {
    // Not `once`: Ink's signal-exit kills the process as soon as no other listener is left.
    process.on(name, () => {
      if (signal.aborted) kill(name);
      end(code);
      setTimeout(kill, patience, name).unref();
    });
  }
  return { signal, end };
}

function guardOutput({ end }: Stop, fail: (error: unknown) => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head -1`): that is no failure, whatever the verdict was.
    if (error.code === 'EPIPE') end(0);
    // The terminal is gone, and nobody has told.
    else if (error.code === 'EIO' && process.stdout.isTTY) process.kill(process.pid, 'SIGHUP');
    else fail(new EpsError(`cannot write to standard output: ${error.message}`, { cause: error }));
  });
  // When stderr is gone, nobody is left to tell.
  process.stderr.on('error', () => undefined);
}

/** stdin, not touched before it is wanted. A terminal that is gone fails once more when its settings are restored. */
function stdinOpener(): () => NodeJS.ReadStream {
  let stdin: NodeJS.ReadStream | undefined;
  return () => (stdin ??= process.stdin.on('error', () => undefined));
}

/** ms, on all cores. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Bun's own second word is a path inside the executable; Node's first word is Node. */
const program = ('bun' in process.versions ? process.argv0 : process.argv[1]) ?? '';

async function start(argv: readonly string[]): Promise<void> {
  const { failureCode, main } = await import('./commands/main.ts');
  const { describeFailure } = await import('./commands/failure.ts');
  const { talkOn } = await import('./commands/talk.ts');
  const { spansOn } = await import('./core/spans.ts');
  const { setTimeout: wait } = await import('node:timers/promises');
  const stop = stopper();
  const openStdin = stdinOpener();
  const stderr = talkOn(process.stderr);
  // What was kept back for a screen that never closed.
  process.once('exit', stderr.release);

  function fail(error: unknown): void {
    if (stop.signal.aborted) return;
    stderr.write(describeFailure(error));
    stop.end(failureCode(argv));
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  guardOutput(stop, fail);

  const code = await main({
    argv,
    program,
    env: process.env,
    platform: process.platform,
    get stdin() {
      return openStdin();
    },
    stdout: process.stdout,
    stderr,
    now: () => new Date(),
    cpu,
    // eslint-disable-next-line no-restricted-globals -- where it is Io's
    ...('bun' in process.versions && { fetch }),
    wait: async (ms) => wait(ms, undefined, { signal: stop.signal }),
    spans: spansOn(() => performance.now()),
    signal: stop.signal,
  });
  if (!stop.signal.aborted) process.exitCode = code;
}

/** The shell waits until the process is gone, and a credential plugin may keep it: it ends once all is written. */
async function complete(words: readonly string[]): Promise<void> {
  await start([completeCommand, ...words]);
  process.stdout.write('', () => {
    // eslint-disable-next-line no-restricted-properties -- nothing is left to write
    process.exit();
  });
}

const argv = process.argv.slice(2);
const isCompleter = path.parse(program).name === completerName;
if (isCompleter) void complete(argv);
else if (argv[0] === completeCommand) void complete(argv.slice(1));
else if (argv[0] === '--version') process.stdout.write(`kubectl-eps ${clientVersion}\n`);
else void start(argv);
