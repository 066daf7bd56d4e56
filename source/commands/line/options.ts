import type { TypedFlags } from 'meow';
import { parseDuration } from '../../core/duration.ts';
import { EpsError } from '../../core/error.ts';
import type { clusterFlags } from './cluster-flags.ts';
import { flagName } from './flag.ts';
import { liveFlags, type commandFlags } from './flags.ts';
import { gatewayOptions, type GatewayOptions } from './gateway-options.ts';
import { serviceNames } from './service-names.ts';
import type { Typed } from './typed.ts';
import { listOutputs } from './view-flags.ts';
import { parseColor, parseOutput, viewOptions, type ViewOptions } from './view-options.ts';

/** Flags that reach a cluster; the empty string, or `0` for the timeout, is what was not given. */
export type ClusterFlags = Readonly<TypedFlags<typeof clusterFlags>>;

/** Where to read. A path `-` is stdin. */
export type ReadFrom =
  | { readonly kind: 'Cluster'; readonly flags: ClusterFlags; readonly gateway: GatewayOptions }
  | { readonly kind: 'Files'; readonly paths: readonly string[] };

type ServiceSelection =
  | { readonly kind: 'Names'; readonly names: readonly string[] }
  | { readonly kind: 'Selector'; readonly selector: string }
  | { readonly kind: 'All' };

/** What every command that reads Services is told. */
export type ReadOptions = {
  readonly from: ReadFrom;
  readonly services: ServiceSelection;
  /** From `-A`. */
  readonly allNamespaces: boolean;
  /** From `-n`; empty when not given, and with `-A`. */
  readonly namespace: string;
};

export const completionTopics = ['bash', 'zsh', 'fish', 'powershell', 'install'] as const;

export type DiffOptions = ReadOptions &
  ViewOptions & {
    /** How long drift is read again, at most, until it is confirmed, in ms; 0 never. */
    readonly settleMs: number;
    /** From `--at-replicas`. */
    readonly atReplicas?: number;
    /** From `-w`. */
    readonly watch: boolean;
  };

export type ListOptions = ReadOptions &
  Pick<ViewOptions, 'color'> & {
    /** From `-o`. */
    readonly output: ViewOptions['output'] | 'name';
  };

/** `filename` is where to write; `-` is stdout. */
export type SnapshotOptions = ReadOptions & { readonly filename: string };

export type UpstreamOptions = {
  readonly from: ReadFrom;
  /** An id or name of an upstream, or a Service; absent for all upstreams. */
  readonly what?: { readonly kind: 'Any' | 'Service'; readonly name: string };
  /** From `-n`; empty when not given. */
  readonly namespace: string;
  readonly output: ViewOptions['output'] | 'name';
  /** From `-w`. */
  readonly watch: boolean;
};

export type DoctorOptions = ViewOptions & {
  /** The cluster to look at; its namespace is the one whose permissions are asked for. */
  readonly cluster: ClusterFlags;
};

/** `code` is a finding's, in any case of letters; absent for the list of all. */
export type ExplainOptions = { readonly code?: string };

export type DemoOptions = ViewOptions & Pick<DiffOptions, 'atReplicas'>;

/** Of which shell the script is wanted; or that kubectl's completion is to be installed. */
export type CompletionOptions = { readonly topic: (typeof completionTopics)[number] };

export type VersionOptions = {
  readonly output: 'text' | 'json' | 'yaml';
  /** The cluster whose version is asked for; absent with `--client`. */
  readonly cluster?: ClusterFlags;
};

/** All that says where to read. */
type Source = Typed<Pick<typeof commandFlags.diff, 'from'> & typeof liveFlags>;

type Reading = Source & Typed<Pick<typeof commandFlags.diff, 'allNamespaces' | 'selector'>>;

/** Files do not change, so there is nothing to settle either. */
const liveOnly = new Set([...Object.keys(liveFlags), 'settle', 'watch'].map(flagName));
// Files have namespaces too.
liveOnly.delete('namespace');

function readFrom({ flags, given }: Source): ReadFrom {
  if (flags.from.length === 0) return { kind: 'Cluster', flags, gateway: gatewayOptions(flags) };
  const misplaced = given.find((name) => liveOnly.has(name));
  if (misplaced !== undefined) {
    throw new EpsError(`--${misplaced} cannot be used with --from, which reads files instead`);
  }
  return { kind: 'Files', paths: flags.from };
}

function allOrLabelled({ selector }: Reading['flags']): ServiceSelection {
  return selector === '' ? { kind: 'All' } : { kind: 'Selector', selector };
}

function selectServices({ flags, args }: Reading): ServiceSelection {
  const names = serviceNames(args);
  if (names.length > 0) {
    if (flags.selector !== '') throw new EpsError('name cannot be provided when a selector is specified');
    if (flags.allNamespaces) {
      throw new EpsError('a resource cannot be retrieved by name across all namespaces');
    }
    return { kind: 'Names', names };
  }
  if (flags.selector !== '' || flags.allNamespaces || flags.from.length > 0) return allOrLabelled(flags);
  throw new EpsError('you must specify one or more Services: by name, by selector (-l) or all of them (-A)');
}

function readOptions(reading: Reading, services = selectServices(reading)): ReadOptions {
  const { allNamespaces, namespace } = reading.flags;
  return {
    from: readFrom(reading),
    services,
    allNamespaces,
    namespace: allNamespaces ? '' : namespace,
  };
}

function refuseArguments(args: readonly string[]): void {
  if (args.length > 0) throw new EpsError(`unexpected arguments: [${args.join(' ')}]`);
}

function parseSettle(text: string): number {
  const settleMs = text === '0' ? 0 : parseDuration(text);
  if (settleMs !== undefined) return settleMs;
  throw new EpsError(`invalid argument "${text}" for "--settle" flag: must be 0 or a duration, such as 30s`);
}

function parseReplicas(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new EpsError(`invalid argument "${text}" for "--at-replicas" flag: must be a number of pods`);
}

function replicasAhead({ atReplicas }: { readonly atReplicas: string }): Pick<DiffOptions, 'atReplicas'> {
  return atReplicas === '' ? {} : { atReplicas: parseReplicas(atReplicas) };
}

export function diffOptions(typed: Typed<typeof commandFlags.diff>): DiffOptions {
  const { settle, atReplicas, watch } = typed.flags;
  if (watch && atReplicas !== '') throw new EpsError('--at-replicas cannot be used with --watch');
  return {
    ...readOptions(typed),
    ...viewOptions(typed.flags),
    settleMs: parseSettle(settle),
    watch,
    ...replicasAhead(typed.flags),
  };
}

export function listOptions(typed: Typed<typeof commandFlags.list>): ListOptions {
  const { flags, args } = typed;
  refuseArguments(args);
  return {
    ...readOptions(typed, allOrLabelled(flags)),
    output: parseOutput(flags.output, listOutputs),
    color: parseColor(flags.color),
  };
}

export function snapshotOptions(typed: Typed<typeof commandFlags.snapshot>): SnapshotOptions {
  const { filename } = typed.flags;
  if (filename === '') throw new EpsError('required flag(s) "filename" not set');
  return { ...readOptions(typed), filename };
}

function upstreamNamed(word: string): Exclude<UpstreamOptions['what'], undefined> {
  return word.includes('/')
    ? { kind: 'Service', name: serviceNames([word]).join() }
    : { kind: 'Any', name: word };
}

export function upstreamOptions(typed: Typed<typeof commandFlags.upstream>): UpstreamOptions {
  const [word, ...more] = typed.args;
  const { namespace, output: format, watch } = typed.flags;
  refuseArguments(more);
  return {
    from: readFrom(typed),
    ...(word !== undefined && { what: upstreamNamed(word) }),
    namespace,
    output: parseOutput(format, listOutputs),
    watch,
  };
}

export function doctorOptions({ flags, args }: Typed<typeof commandFlags.doctor>): DoctorOptions {
  refuseArguments(args);
  return { ...viewOptions(flags), cluster: flags };
}

export function explainOptions({ args }: Typed<typeof commandFlags.explain>): ExplainOptions {
  const [code, ...more] = args;
  refuseArguments(more);
  return code === undefined ? {} : { code };
}

export function demoOptions({ flags, args }: Typed<typeof commandFlags.demo>): DemoOptions {
  refuseArguments(args);
  parseSettle(flags.settle);
  return { ...viewOptions(flags), ...replicasAhead(flags) };
}

export function versionOptions({ flags, args }: Typed<typeof commandFlags.version>): VersionOptions {
  refuseArguments(args);
  const output = flags.output === '' ? 'text' : flags.output;
  if (output !== 'text' && output !== 'json' && output !== 'yaml')
    throw new EpsError("--output must be 'yaml' or 'json'");
  return flags.client ? { output } : { output, cluster: flags };
}

export function completionOptions({ args }: Typed<typeof commandFlags.completion>): CompletionOptions {
  const [word = '', ...more] = args;
  refuseArguments(more);
  const topic = completionTopics.find((name) => name === word);
  if (topic === undefined) {
    const reason = word === '' ? 'you must specify one' : `unsupported shell type "${word}"`;
    throw new EpsError(`${reason}: ${completionTopics.join(', ')}`);
  }
  return { topic };
}
