import type { Service } from '../core/kubernetes.ts';
import type { ServiceReport } from '../core/report.ts';
import { printTable } from '../views/table.ts';
import { openScreen } from '../views/ui/open-screen.ts';
import { subjectOf } from '../views/ui/subject.ts';
import type { ExitCode, Io } from './command.ts';
import { wantsColor } from './color.ts';
import type { ViewOptions } from './line/options.ts';
import { exitCodeOf } from './show.ts';

/** The screen needs a terminal on both sides: without one on stdin Ink cannot hear keys. */
export function wantsScreen({ output }: ViewOptions, { stdin, stdout, env }: Io): boolean {
  return output === 'table' && stdin.isTTY && stdout.isTTY && env['TERM'] !== 'dumb';
}

type Subject = {
  readonly service: Service;
  readonly report: ServiceReport;
  /** Reads again; none for a recording. */
  readonly refresh?: (() => Promise<ServiceReport>) | undefined;
};

/** Shows one Service on the screen until the user leaves, then leaves the short report behind. */
export async function showLive(
  { service, ...reading }: Subject,
  view: ViewOptions,
  io: Io,
): Promise<ExitCode> {
  const color = wantsColor(view.color, io);
  io.stderr.hold();
  try {
    const result = await openScreen({
      ...reading,
      subject: subjectOf(service),
      stdin: io.stdin,
      stdout: io.stdout,
      now: () => io.now().getTime(),
      color,
      signal: io.signal,
    });
    io.stdout.write(printTable(result.report, { rows: 'none', color }));
    if (result.reason === 'crash') throw result.error;
    return result.reason === 'interrupt' ? 130 : exitCodeOf([result.report]);
  } finally {
    io.stderr.release();
  }
}
