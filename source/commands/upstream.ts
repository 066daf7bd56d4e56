import { EpsError } from '../core/error.ts';
import type { AllTold } from '../core/gateways/together.ts';
import type { UpstreamList } from '../core/report.ts';
import type { GatewayState, Layer, Replica, Upstream } from '../core/snapshot.ts';
import { listReplicas, listUpstreams } from '../core/upstream-list.ts';
import { escapeText } from '../views/escape.ts';
import { printDocument } from '../views/document.ts';
import { printUpstreamNames, printUpstreamTable } from '../views/upstream-table.ts';
import type { CommandRun, ExitCode, Io } from './command.ts';
import { upstreamsFromFiles } from './from-files.ts';
import type { UpstreamOptions } from './line/options.ts';
import { upstreamsFromGateway } from './upstreams-from-gateway.ts';

/** Those that were asked for: of the Service, or by id or name. */
function select(upstreams: readonly Upstream[], { what, namespace }: UpstreamOptions): readonly Upstream[] {
  if (what === undefined) return upstreams;
  const byId = upstreams.filter(
    ({ id, name }) => what.kind === 'Any' && (id === what.name || name === what.name),
  );
  if (byId.length > 0) return byId;
  return upstreams.filter(
    ({ service }) => service?.name === what.name && (namespace === '' || service.namespace === namespace),
  );
}

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
  { output }: UpstreamOptions,
  io: Io,
): Promise<ExitCode> {
  if (replicas.state !== 'Read') return failedOn(replicas, io);
  const isPartial = tellUnread([...unreadGateways(gateways), ...unreadPods(replicas.items)], io);
  io.stdout.write(await print(listReplicas(replicas.items), output));
  return isPartial ? 3 : 0;
}

/** There is no gateway, or it does not tell. */
function failedOn(layer: Exclude<Layer<unknown>, { readonly state: 'Read' }>, { stderr }: Io): ExitCode {
  if (layer.state === 'Absent') {
    throw new EpsError('there is no APISIX to ask', {
      hint: 'kubectl eps upstream --apisix-pod=NAMESPACE/POD',
    });
  }
  stderr.write(escapeText(`error: cannot read the upstreams of ${layer.source}: ${layer.reason}`) + '\n');
  return 3;
}

async function showUpstreams(
  { upstreams, gateways = [] }: Pick<AllTold, 'upstreams' | 'gateways'>,
  options: UpstreamOptions,
  io: Io,
): Promise<ExitCode> {
  const { what, output } = options;
  if (upstreams.state !== 'Read') return failedOn(upstreams, io);
  const isPartial = tellUnread(unreadGateways(gateways), io);
  const found = select(upstreams.items, options);
  if (what && found.length === 0 && !isPartial) {
    throw new EpsError(`upstreams "${what.name}" not found in ${upstreams.source}`, {
      hint: 'kubectl eps upstream',
    });
  }
  if (found.length === 0 && output !== 'json' && output !== 'yaml') io.stderr.write('No upstreams found\n');
  else io.stdout.write(await print(listUpstreams(found), output));
  return isPartial ? 3 : 0;
}

/** Shows what the gateway has; what could not be read is said on stderr, with exit code 3. */
export const run: CommandRun<UpstreamOptions> = async (options, io) => {
  const { from } = options;
  if (from.kind === 'Files') {
    return showUpstreams({ upstreams: await upstreamsFromFiles(from.paths, io) }, options, io);
  }
  const told = await upstreamsFromGateway(options, from, io, (upstreams) => select(upstreams, options));
  return from.gateway.allReplicas ? showReplicas(told, options, io) : showUpstreams(told, options, io);
};
