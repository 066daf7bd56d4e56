import type { ServiceReport, Status } from '../core/report.ts';
import { printDocument } from '../views/document.ts';
import { asDocument } from '../views/json.ts';
import { printTable } from '../views/table.ts';
import type { ExitCode, Io } from './command.ts';
import { wantsColor } from './color.ts';
import type { ViewOptions } from './line/view-options.ts';

const codes: Readonly<Record<Status, ExitCode>> = { Synced: 0, Drift: 1, Unknown: 3 };

/** Of several reports drift counts before what is not known, and that before sync. */
export function exitCodeOf(reports: readonly ServiceReport[]): ExitCode {
  const found = (['Drift', 'Unknown'] as const).find((status) =>
    reports.some((report) => report.status === status),
  );
  return codes[found ?? 'Synced'];
}

async function render(
  reports: readonly ServiceReport[],
  several: boolean,
  view: ViewOptions,
  io: Io,
): Promise<string> {
  switch (view.output) {
    case 'json':
    case 'yaml':
      return printDocument(asDocument(reports, several), view.output);
    case 'table':
    case 'wide': {
      const rows = view.output === 'wide' ? 'all' : 'diverging';
      const color = wantsColor(view.color, io);
      return reports.map((report) => printTable(report, { rows, color })).join('\n');
    }
  }
}

/** Prints reports once; `several` asks for a list even of one. The exit code says the verdict. */
export async function show(
  reports: readonly ServiceReport[],
  several: boolean,
  view: ViewOptions,
  io: Io,
): Promise<ExitCode> {
  io.stdout.write(await io.spans.span('draw', () => render(reports, several, view, io)));
  return exitCodeOf(reports);
}
