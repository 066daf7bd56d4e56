import { EpsError, UnreadError } from '../core/error.ts';
import { completeCommand, type ExitCode, type Io } from './command.ts';
import { describeFailure } from './failure.ts';
import { helpText } from './line/help.ts';
import { commandOf, parse, type Invocation } from './line/parse.ts';

/** Commands are loaded when they run: the rest stays quick to start. */
async function run(invocation: Invocation, io: Io): Promise<ExitCode> {
  switch (invocation.command) {
    case 'diff':
      return (await import('./diff.ts')).run(invocation.options, io);
    case 'list':
      return (await import('./list.ts')).run(invocation.options, io);
    case 'upstream':
      return (await import('./upstream.ts')).run(invocation.options, io);
    case 'snapshot':
      return (await import('./snapshot.ts')).run(invocation.options, io);
    case 'doctor':
      return (await import('./doctor.ts')).run(invocation.options, io);
    case 'explain':
      return (await import('./explain.ts')).run(invocation.options, io);
    case 'demo':
      return (await import('./demo.ts')).run(invocation.options, io);
    case 'version':
      return (await import('./version.ts')).run(invocation.options, io);
    case 'completion':
      return (await import('./completion.ts')).run(invocation.options, io);
    case 'help':
      io.stdout.write(helpText(invocation.topic));
      return 0;
  }
}

/** `diff` and `demo` keep 1 for drift, as `kubectl diff` keeps it for differences, and 3 for what nobody can tell. */
export function failureCode(argv: readonly string[], error?: unknown): ExitCode {
  const command = commandOf(argv);
  if (command !== 'diff' && command !== 'demo') return 1;
  return error instanceof UnreadError ? 3 : 2;
}

async function parseOrExplain(io: Io): Promise<Invocation | undefined> {
  try {
    return await parse(io.argv);
  } catch (error) {
    const path = ['kubectl eps', commandOf(io.argv) ?? []].flat().join(' ');
    const usage = error instanceof EpsError ? `See '${path} --help' for usage.\n` : '';
    io.stderr.write(describeFailure(error) + usage);
    return undefined;
  }
}

/** The whole program, but for the process it runs in. */
export async function main(io: Io): Promise<ExitCode> {
  if (io.argv[0] === completeCommand) return (await import('./complete.ts')).complete(io);
  const invocation = await parseOrExplain(io);
  if (invocation === undefined) return failureCode(io.argv);
  const { profile } = invocation;
  try {
    if (profile === undefined) return await run(invocation, io);
    const { profiled } = await import('./profile.ts');
    return await profiled(profile, io, () => run(invocation, io));
  } catch (error) {
    // What fails because it was told to stop has nothing to report.
    if (!io.signal.aborted) io.stderr.write(describeFailure(error));
    return failureCode(io.argv, error);
  }
}
