import { judge } from '../core/judge.ts';
import { momentsApart } from '../core/moments.ts';
import type { ServiceReport } from '../core/report.ts';
import { indexScopes, type Scope } from '../core/scope.ts';
import type { CommandRun, ExitCode, Io } from './command.ts';
import type { DiffOptions } from './line/options.ts';
import { endOfDiff, showLive, subjectOf, wantsScreen } from './live.ts';
import { lookAhead } from './look-ahead.ts';
import { noResources } from './no-resources.ts';
import { openReader, type ReadAgain, type Reader, type Reading } from './reader.ts';
import { printChanges } from './print-changes.ts';
import { settle } from './settle.ts';
import { show } from './show.ts';

/** A reading again tells drift from what is on its way; undefined where it would tell nothing new. */
function confirmedBy({ again }: Reader, { settleMs }: DiffOptions): ReadAgain | undefined {
  return settleMs > 0 ? again : undefined;
}

async function printOnce(
  reading: Reading,
  { reader, options, io }: { reader: Reader; options: DiffOptions; io: Io },
): Promise<ExitCode> {
  const again = confirmedBy(reader, options);
  const scopeOf = indexScopes(reading.snapshot);
  const reports = again
    ? await settle(reading, again, { settleMs: options.settleMs, scopeOf }, io)
    : judge(reading.snapshot, reading.services, scopeOf, io.spans.span);
  const several = options.services.kind !== 'Names' || options.services.names.length > 1;
  if (reader.again && options.atReplicas === undefined) return show(reports, several, options, io);
  const remarked = reports.map((report, index) => {
    const service = reading.services[index];
    return service ? { ...report, ...remarks(scopeOf(service), report, { reader, options }) } : report;
  });
  return show(remarked, several, options, io);
}

/** What is worth saying beside the verdict: of files that their moments differ, and what more replicas would bring. */
function remarks(
  scope: Scope,
  { observedAt }: ServiceReport,
  { reader, options }: { reader: Reader; options: DiffOptions },
): Pick<ServiceReport, 'caveats' | 'atReplicas'> {
  const caveats = reader.again ? [] : momentsApart(scope, observedAt);
  return { ...(caveats.length > 0 && { caveats }), ...lookAhead(scope, options) };
}

/** The one Service that there will be: the screen may open before it is read. */
function onlyName({ services }: DiffOptions): string | undefined {
  const [name, second] = services.kind === 'Names' ? services.names : [];
  return second === undefined ? name : undefined;
}

/** Judges Services once, or from now on: line by line, or one of them on the screen. */
export const run: CommandRun<DiffOptions> = async (options, io) => {
  const reader = await openReader(options, io);
  try {
    const live = (reading: Promise<Reading>) => {
      const confirms = confirmedBy(reader, options) !== undefined;
      const subject = subjectOf(`${reader.namespace}/${onlyName(options) ?? ''}`, reader);
      return showLive({ reading, reader, subject, confirms, hasList: false, end: endOfDiff }, options, io);
    };
    const isOnScreen = options.atReplicas === undefined && wantsScreen(options, io);
    if (isOnScreen && onlyName(options) !== undefined) return await live(reader.read());
    const reading = await reader.read();
    const [service, second] = reading.services;
    if (!service) {
      const isDocument = options.output === 'json' || options.output === 'yaml';
      if (isDocument) return await show([], true, options, io);
      io.stderr.write(noResources(reader));
      return 0;
    }
    if (isOnScreen && !second) return await live(Promise.resolve(reading));
    const { follow } = reader;
    if (options.watch && follow) return await printChanges(follow, { reading, options, io });
    return await printOnce(reading, { reader, options, io });
  } finally {
    reader.close();
  }
};
