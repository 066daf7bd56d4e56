import { EpsError } from '../core/error.ts';
import type { UpstreamList } from '../core/report.ts';
import type { Layer, Replica, Upstream } from '../core/snapshot.ts';
import { listReplicas, listUpstreams } from '../core/upstream-list.ts';
import { escapeText } from '../views/escape.ts';
import { printJson } from '../views/json.ts';
import { printUpstreamNames, printUpstreamTable } from '../views/upstream-table.ts';
import type { CommandRun, ExitCode, Io } from './command.ts';
import { upstreamsFromFiles } from './from-files.ts';
import type { UpstreamOptions } from './line/options.ts';
import { replicasFromGateway, upstreamsFromGateway } from './upstreams-from-gateway.ts';

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
      return printJson(list);
    case 'yaml':
      return (await import('../views/yaml.ts')).printYaml(list);
    case 'name':
      return printUpstreamNames(list);
    case 'table':
    case 'wide':
      return printUpstreamTable(list, { wide: output === 'wide' });
  }
}

/** Pods that could not be read are told on stderr, one by one. */
function tellUnread(replicas: readonly Replica[], { stderr }: Io): boolean {
  const unread = replicas.flatMap(({ name, runtime }) =>
    runtime.state === 'Unread' ? [`error: cannot read the upstreams of pod ${name}: ${runtime.reason}`] : [],
  );
  for (const line of unread) stderr.write(`${escapeText(line)}\n`);
  return unread.length > 0;
}

async function showReplicas(
  options: UpstreamOptions,
  from: Extract<UpstreamOptions['from'], { readonly kind: 'Cluster' }>,
  io: Io,
): Promise<ExitCode> {
  const layer = await replicasFromGateway(options, from, io, (upstreams) => select(upstreams, options));
  if (layer.state !== 'Read') return failedOn(layer, io);
  const isPartial = tellUnread(layer.items, io);
  io.stdout.write(await print(listReplicas(layer.items), options.output));
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

/** Shows what the gateway has; what could not be read is said on stderr, with exit code 3. */
export const run: CommandRun<UpstreamOptions> = async (options, io) => {
  const { from, what, output } = options;
  if (from.kind === 'Cluster' && from.gateway.allReplicas) return showReplicas(options, from, io);
  const layer: Layer<Upstream> =
    from.kind === 'Files'
      ? await upstreamsFromFiles(from.paths, io)
      : await upstreamsFromGateway(options, from, io);
  if (layer.state !== 'Read') return failedOn(layer, io);
  const found = select(layer.items, options);
  if (what && found.length === 0) {
    throw new EpsError(`upstreams "${what.name}" not found in ${layer.source}`, {
      hint: 'kubectl eps upstream',
    });
  }
  if (found.length === 0 && output !== 'json' && output !== 'yaml') io.stderr.write('No upstreams found\n');
  else io.stdout.write(await print(listUpstreams(found), output));
  return 0;
};
