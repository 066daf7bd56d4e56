import type { ServiceSummaryList } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { summarise, summaryList } from '../core/summarise.ts';
import { printDocument } from '../views/document.ts';
import { printSummaryNames, printSummaryTable } from '../views/summary-table.ts';
import type { CommandRun } from './command.ts';
import type { Notice } from '../gateways/gateway.ts';
import { noticeOn } from './notice.ts';
import type { ListOptions, ReadFrom } from './line/options.ts';
import { namespaceFlag, sourceFlags } from './line/source-flags.ts';
import { showLive, subjectOf, wantsScreen, type End } from './live.ts';
import { noResources } from './no-resources.ts';
import { openReader, type Reader } from './reader.ts';

/** What is Unread makes all Services Unknown: the reason is said once. */
function tellUnread(
  { pods, endpointSlices, endpoints, upstreams, gateways = [] }: Snapshot,
  notice: Notice,
): void {
  const layers = { pods, endpointslices: endpointSlices, endpoints, upstreams };
  for (const [name, layer] of Object.entries(layers)) {
    if (layer.state === 'Unread') notice(`cannot read ${name}: ${layer.reason}`);
  }
  if (upstreams.state === 'Unread') return;
  for (const { name, reason } of gateways) {
    if (reason !== undefined) notice(`cannot read upstreams of ${name}: ${reason}`);
  }
}

/** One reading cannot tell drift from a rollout under way. */
function tellOnce({ items }: ServiceSummaryList, { again }: Reader, from: ReadFrom, notice: Notice): void {
  const drifting = items.find(({ status }) => status === 'Drift');
  if (!again || !drifting) return;
  const { namespace, name } = drifting.metadata;
  notice(
    `drift is listed as one reading saw it, rollouts under way among it; to confirm: kubectl eps diff ${name}${namespaceFlag(namespace)}${sourceFlags(from)}`,
  );
}

async function print(list: ServiceSummaryList, { output }: ListOptions, reader: Reader) {
  switch (output) {
    case 'json':
    case 'yaml':
      return printDocument(list, output);
    case 'name':
      return printSummaryNames(list);
    case 'table':
    case 'wide':
      return printSummaryTable(list, { namespaced: reader.namespace === '', wide: output === 'wide' });
  }
}

/** The table, as a screen of Services leaves it behind. */
function endOf({ namespace }: Reader): End {
  return (reports) => {
    const list = summaryList(reports, reports[0]?.observedAt ?? '');
    return { text: printSummaryTable(list, { namespaced: namespace === '', wide: false }), code: 0 };
  };
}

/** One line a Service, what drifts first; on a terminal a live screen. What it finds is no failure, as with every command that lists. */
export const run: CommandRun<ListOptions> = async (options, io) => {
  const { output } = options;
  const reader = await openReader(options, io);
  try {
    if (wantsScreen(options, io)) {
      const reading = reader.read();
      const subject = subjectOf('services', reader);
      const live = { reading, reader, subject, confirms: true, hasList: true, end: endOf(reader) };
      return await showLive(live, options, io);
    }
    const { snapshot, services } = await reader.read();
    const isDocument = output === 'json' || output === 'yaml';
    if (services.length === 0 && !isDocument) {
      io.stderr.write(noResources(reader));
      return 0;
    }
    const list = summarise(snapshot, services);
    io.stdout.write(await print(list, options, reader));
    const notice = noticeOn(io);
    tellUnread(snapshot, notice);
    tellOnce(list, reader, options.from, notice);
    return 0;
  } finally {
    reader.close();
  }
};
