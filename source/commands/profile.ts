import type { Recorded } from '../core/spans.ts';
import type { Io } from './command.ts';
import { writeWhole } from './write-whole.ts';

/** As Chrome's trace has it, in microseconds: chrome://tracing and ui.perfetto.dev show it. */
function traceOf(recorded: readonly Recorded[]): string {
  const traceEvents = recorded.flatMap(({ name, start, end }, id) =>
    // Asynchronous ones: several are under way at a time.
    (
      [
        ['b', start],
        ['e', end],
      ] as const
    ).map(([ph, ms]) => ({
      name,
      ph,
      ts: Math.round(ms * 1_000),
      cat: 'eps',
      id,
      pid: 1,
      tid: 1,
    })),
  );
  return JSON.stringify({ traceEvents });
}

/** Runs a command, and writes to the file what it did when. */
export async function profiled<Value>(
  file: string,
  { spans }: Pick<Io, 'spans'>,
  run: () => Promise<Value>,
): Promise<Value> {
  const recorded = spans.record();
  try {
    return await run();
  } finally {
    await writeWhole(file, traceOf(recorded), '--profile');
  }
}
