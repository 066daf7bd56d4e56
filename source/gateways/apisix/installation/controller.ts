import { asRecord, isRecord, optional, type UnknownRecord } from '../../../core/door.ts';
import type { ControllerFact, Told, WatchedKind } from '../../../core/doctor/facts.ts';
import { imageVersion } from '../image-version.ts';
import type { Configuration, Configurations } from './config-maps.ts';
import { configurationInLog } from './start-log.ts';
import { adcContainer, controllerContainer, type Workload } from './workload.ts';

/** What is known of a controller besides its pods. */
export type ControllerSources = {
  readonly configurations: Configurations;
  /** The beginning of a pod's log; absent when it could not be read. */
  readonly log?: string;
};

const isFirst = ({ config }: Configuration) => isRecord(config['kubernetes']);

function generationOf(workload: Workload, version: string, first: boolean): ControllerFact['generation'] {
  if (version.startsWith('2.') || adcContainer(workload)) return '2.x';
  return version !== '' || first ? '1.x' : 'Unknown';
}

/** The one key that the program knows. */
function kindIn(config: UnknownRecord): WatchedKind {
  return asRecord(config['kubernetes'])['watch_endpoint_slices'] === true ? 'EndpointSlices' : 'Endpoints';
}

/** Its flags count only where there is no configuration file. */
function kindInFlags(args: readonly string[]): WatchedKind | undefined {
  if (args.some((arg) => arg.startsWith('--config-path'))) return undefined;
  const isAsked = args.some((arg) => /^--watch-endpointslices(?:=true)?$/.test(arg));
  return isAsked ? 'EndpointSlices' : undefined;
}

/** What a controller 1.x reads: what it said on start, else what its configuration says. */
function readsOfFirst(
  workload: Workload,
  own: Configuration | undefined,
  said: UnknownRecord | undefined,
  reason: string,
): Told<WatchedKind> {
  if (said) return { state: 'Read', value: kindIn(said), from: `log of pod ${workload.pods.join(', ')}` };
  if (own) return { state: 'Read', value: kindIn(own.config), from: own.from };
  const value = kindInFlags(controllerContainer(workload)?.args ?? []);
  return value ? { state: 'Read', value, from: 'its flags' } : { state: 'Unread', reason };
}

function writesTo(generation: ControllerFact['generation'], config: UnknownRecord | undefined) {
  if (generation === '2.x') return 'AdminApi';
  if (!config) return 'Unknown';
  return asRecord(config['etcdserver'])['enabled'] === true ? 'EtcdServer' : 'AdminApi';
}

/** What a controller really does, by what it said on start, its ConfigMap and its image. */
export function controllerFact(
  workload: Workload,
  { configurations, log = '' }: ControllerSources,
): ControllerFact {
  const { namespace, name, pods } = workload;
  const version = imageVersion(controllerContainer(workload)?.image ?? '');
  const own = configurations.found.find(isFirst);
  const said = configurationInLog(log);
  const generation = generationOf(workload, version, own !== undefined || said !== undefined);
  const reason = configurations.reason ?? 'it mounts no ConfigMap with its config.yaml';
  const reads: Told<WatchedKind> =
    generation === '2.x'
      ? { state: 'Read', value: 'EndpointSlices', from: 'as every 2.x' }
      : readsOfFirst(workload, own, said, reason);
  const wanted = own && kindIn(own.config);
  const isMisspelt =
    wanted === 'Endpoints' && asRecord(own?.config['kubernetes'])['watch_endpointslices'] === true;
  return {
    namespace,
    name,
    pods,
    ...optional('version', version),
    generation,
    reads,
    ...optional('misspeltIn', isMisspelt ? own?.from : undefined),
    ...optional('configuredSince', reads.state === 'Read' && reads.value !== wanted ? wanted : undefined),
    writesTo: writesTo(generation, said ?? own?.config),
  };
}
