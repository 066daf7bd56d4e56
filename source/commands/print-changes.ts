import type { ServiceReport } from '../core/report.ts';
import { summaryList } from '../core/summarise.ts';
import { escapeText } from '../views/escape.ts';
import { printDocuments } from '../views/document.ts';
import { printSummaryTable } from '../views/summary-table.ts';
import { fullName } from '../core/kubernetes.ts';
import type { ExitCode, Io } from './command.ts';
import type { DiffOptions } from './line/options.ts';
import { observer, paced } from './observe.ts';
import type { Follow, Moment, Reading } from './reader.ts';

type Print = (reports: readonly ServiceReport[]) => Promise<string>;

/** Rows below one heading, as `kubectl get --watch` prints them. */
function tablePrinter(wide: boolean): Print {
  let isHeaded = false;
  return (reports) => {
    const list = summaryList(reports, reports[0]?.observedAt ?? '');
    const text = printSummaryTable(list, { namespaced: true, wide });
    const rows = isHeaded ? text.slice(text.indexOf('\n') + 1) : text;
    isHeaded = true;
    return Promise.resolve(rows);
  };
}

function printerOf(output: DiffOptions['output']): Print {
  switch (output) {
    case 'json':
    case 'yaml':
      return (reports) => printDocuments(reports, output);
    case 'table':
    case 'wide':
      return tablePrinter(output === 'wide');
  }
}

/** What makes a report another one: not when it was read, nor how far the server's history has gone on since. */
function essence({ layers, ...report }: ServiceReport): string {
  const kept = layers.map((layer) => ({ ...layer, resourceVersion: undefined }));
  return JSON.stringify({ ...report, observedAt: undefined, layers: kept });
}

async function* from({ snapshot, services }: Reading, moments: AsyncIterable<Moment>): AsyncIterable<Moment> {
  yield { snapshot, services, freshness: [] };
  yield* moments;
}

/** A report would have nothing to judge: it is said beside them. One that comes back is printed anew. */
function tellGone(printed: Map<string, string>, present: ReadonlySet<string>, { stderr }: Io): void {
  for (const name of printed.keys()) {
    if (present.has(name)) continue;
    printed.delete(name);
    stderr.write(`notice: Service ${escapeText(name)} is not there any more\n`);
  }
}

type Around = { readonly reading: Reading; readonly options: DiffOptions; readonly io: Io };

/** Prints the verdicts, and from then on each that has become another one, until it is stopped. */
export async function printChanges(follow: Follow, { reading, options, io }: Around): Promise<ExitCode> {
  const observe = observer(options.settleMs > 0);
  const print = printerOf(options.output);
  const printed = new Map<string, string>();
  for await (const { services } of paced(from(reading, follow(io.signal)), observe, io)) {
    const changed = services.flatMap(({ service, report }) => {
      const [name, now] = [fullName(service), essence(report)];
      if (printed.get(name) === now) return [];
      printed.set(name, now);
      return [report];
    });
    if (changed.length > 0) io.stdout.write(await print(changed));
    tellGone(printed, new Set(services.map(({ service }) => fullName(service))), io);
  }
  return 0;
}
