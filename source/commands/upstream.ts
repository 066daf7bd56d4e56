import { EpsError } from '../core/error.ts';
import type { AllTold } from '../core/gateways/together.ts';
import type { UpstreamList } from '../core/report.ts';
import { itemsOf, type GatewayState, type Layer, type Replica } from '../core/snapshot.ts';
import { listReplicas, listUpstreams } from '../core/upstream-list.ts';
import { escapeText } from '../views/escape.ts';
import { printDocument } from '../views/document.ts';
import { printUpstreamNames, printUpstreamTable } from '../views/upstream-table.ts';
import type { CommandRun, ExitCode, Io } from './command.ts';
import { upstreamsFromFiles } from './from-files.ts';
import type { UpstreamOptions } from './line/options.ts';
import { sourceFlags } from './line/source-flags.ts';
import { followUpstreams, keepOpen } from './follow/follow-upstreams.ts';
import { printUpstreamEvents } from './print-upstream-events.ts';
import { notFound, selectUpstreams } from './select-upstreams.ts';
import {
  askForUpstreams,
  withUpstreamSources,
  type LiveUpstreamOptions,
  type UpstreamSources,
} from './upstreams-from-gateway.ts';

const noneFound = 'No upstreams found\n';

async function print(list: UpstreamList, output: UpstreamOptions['output']): Promise<string> {
  switch (output) {
    case 'json':
    case 'yaml':
      return printDocument(list, output);
    case 'name':
      return printUpstreamNames(list);
    case 'table':
    case 'wide':
      return printUpstreamTable(list, { wide: output === 'wide' });
  }
}

/** What could not be read is told on stderr, one by one. */
function tellUnread(unread: readonly { readonly what: string; readonly reason: string }[], { stderr }: Io) {
  for (const { what, reason } of unread) {
    stderr.write(`${escapeText(`error: cannot read the upstreams of ${what}: ${reason}`)}\n`);
  }
  return unread.length > 0;
}

function unreadPods(replicas: readonly Replica[]) {
  return replicas.flatMap(({ name, runtime }) =>
    runtime.state === 'Unread' ? [{ what: `pod ${name}`, reason: runtime.reason }] : [],
  );
}

function unreadGateways(gateways: readonly GatewayState[]) {
  return gateways.flatMap(({ source, reason }) => (reason === undefined ? [] : [{ what: source, reason }]));
}

async function showReplicas(
  { replicas, gateways = [] }: AllTold,
  { output, from }: UpstreamOptions,
  io: Io,
): Promise<ExitCode> {
  if (replicas.state !== 'Read') return failedOn(replicas, from, io);
  const isPartial = tellUnread([...unreadGateways(gateways), ...unreadPods(replicas.items)], io);
  io.stdout.write(await print(listReplicas(replicas.items), output));
  return isPartial ? 3 : 0;
}

function absent(from: UpstreamOptions['from']): EpsError {
  if (from.kind === 'Files') {
    return new EpsError('the files hold no answer of APISIX', {
      hint: 'curl -H "X-API-KEY: $APISIX_ADMIN_KEY" http://HOST:9180/apisix/admin/upstreams > FILE',
    });
  }
  return new EpsError('there is no APISIX to ask', {
    hint: `kubectl eps upstream${sourceFlags(from)} --apisix-pod=NAMESPACE/POD`,
  });
}

/** There is no gateway, or it does not tell. */
function failedOn(
  layer: Exclude<Layer<unknown>, { readonly state: 'Read' }>,
  from: UpstreamOptions['from'],
  { stderr }: Io,
): ExitCode {
  if (layer.state === 'Absent') throw absent(from);
  stderr.write(escapeText(`error: cannot read the upstreams of ${layer.source}: ${layer.reason}`) + '\n');
  return 3;
}

async function showUpstreams(
  { upstreams, gateways = [] }: Pick<AllTold, 'upstreams' | 'gateways'>,
  options: UpstreamOptions,
  io: Io,
): Promise<ExitCode> {
  const { what, output, from } = options;
  if (upstreams.state !== 'Read') return failedOn(upstreams, from, io);
  const isPartial = tellUnread(unreadGateways(gateways), io);
  const found = selectUpstreams(upstreams.items, options);
  if (what && found.length === 0 && !isPartial) throw notFound(what.name, upstreams.source, options);
  if (found.length === 0 && output !== 'json' && output !== 'yaml') io.stderr.write(noneFound);
  else io.stdout.write(await print(listUpstreams(found), output));
  return isPartial ? 3 : 0;
}

async function showOnce(sources: UpstreamSources, options: LiveUpstreamOptions, io: Io): Promise<ExitCode> {
  const gateways = await sources.open();
  try {
    const told = await askForUpstreams(gateways, options, sources);
    return await (options.from.gateway.allReplicas ? showReplicas : showUpstreams)(told, options, io);
  } finally {
    for (const { close } of gateways) close();
  }
}

/** A gateway that cannot be read from the start, or an upstream that is not there then, is no change but a failure. */
async function watch(sources: UpstreamSources, options: LiveUpstreamOptions, io: Io): Promise<ExitCode> {
  const { what, from, output } = options;
  const kept = keepOpen(sources.open);
  io.signal.addEventListener('abort', kept.drop, { once: true });
  try {
    const first = await askForUpstreams(await kept.gateways(), options, sources);
    const layer = from.gateway.allReplicas ? first.replicas : first.upstreams;
    if (layer.state !== 'Read') return failedOn(layer, from, io);
    if (selectUpstreams(itemsOf(first.upstreams), options).length === 0) {
      if (what?.kind === 'Any') throw notFound(what.name, layer.source, options);
      io.stderr.write(noneFound);
    }
    await printUpstreamEvents(followUpstreams(first, { kept, sources, wanted: options, io }), output, io);
    return 0;
  } finally {
    kept.drop();
  }
}

/** Shows what the gateway has; what could not be read is said on stderr, with exit code 3. */
export const run: CommandRun<UpstreamOptions> = async (options, io) => {
  const { from } = options;
  if (from.kind === 'Files') {
    return showUpstreams({ upstreams: await upstreamsFromFiles(from.paths, io) }, options, io);
  }
  const live = { ...options, from };
  return withUpstreamSources(live, io, (sources) => (options.watch ? watch : showOnce)(sources, live, io));
};
