import { asArray, asLabels, asNumber, asRecord, asText, type UnknownRecord } from '../../../core/door.ts';
import type { ExposureFact, GatewayFact, Told, WatchedKind } from '../../../core/doctor/facts.ts';
import type { Configuration, Configurations } from './config-maps.ts';
import type { Workload } from './workload.ts';

/** APISIX's own default, and the chart's. */
const adminPort = 9180;

const everybody = ['0.0.0.0/0', '::/0'];

/** Nodes looked up in Kubernetes; with several clusters, Endpoints when one of them does. */
function discoveryIn(config: UnknownRecord): WatchedKind | undefined {
  const { kubernetes } = asRecord(config['discovery']);
  if (kubernetes === undefined) return undefined;
  const clusters = (Array.isArray(kubernetes) ? kubernetes : [kubernetes]).map(asRecord);
  return clusters.every((cluster) => cluster['watch_endpoint_slices'] === true)
    ? 'EndpointSlices'
    : 'Endpoints';
}

/** `deployment.admin` since APISIX 3.0, `apisix` before. */
function openRanges({ from, config }: Configuration): readonly ExposureFact[] {
  const admin = asRecord(asRecord(config['deployment'])['admin']);
  const ranges = [...asArray(admin['allow_admin']), ...asArray(asRecord(config['apisix'])['allow_admin'])];
  return ranges
    .map(asText)
    .filter((range) => everybody.includes(range))
    .map((range) => ({ kind: 'AllowAdmin', range, from }));
}

/** Whether a Service leads to a pod. */
export function selectsPod(
  service: UnknownRecord,
  { namespace, labels }: Pick<Workload, 'namespace' | 'labels'>,
): boolean {
  const selector = Object.entries(asLabels(asRecord(service['spec'])['selector']));
  const isSelected = selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
  return isSelected && asRecord(service['metadata'])['namespace'] === namespace;
}

/** Admin ports that a Service opens to the outside of the cluster. */
function openPorts(service: UnknownRecord): readonly ExposureFact[] {
  const metadata = asRecord(service['metadata']);
  const spec = asRecord(service['spec']);
  const type = asText(spec['type']);
  if (type !== 'NodePort' && type !== 'LoadBalancer') return [];
  return asArray(spec['ports'])
    .map(asRecord)
    .filter(({ targetPort }) => targetPort === 'admin' || targetPort === adminPort)
    .map((port) => ({
      kind: 'Service',
      type,
      namespace: asText(metadata['namespace']),
      name: asText(metadata['name']),
      port: asNumber(port['nodePort']) ?? asNumber(port['port']) ?? 0,
    }));
}

function discoveryOf({ found, reason }: Configurations): Told<WatchedKind | undefined> {
  const [own] = found.filter(({ config }) => !('kubernetes' in config));
  if (!own) return { state: 'Unread', reason: reason ?? 'it mounts no ConfigMap with its config.yaml' };
  return { state: 'Read', value: discoveryIn(own.config), from: own.from };
}

/** How an APISIX is set up, and who can reach its admin API. */
export function gatewayFact(
  workload: Workload,
  configurations: Configurations,
  services: readonly UnknownRecord[],
): GatewayFact {
  const { namespace, name } = workload;
  return {
    namespace,
    name,
    discovery: discoveryOf(configurations),
    exposures: [
      ...configurations.found.flatMap(openRanges),
      ...services.filter((service) => selectsPod(service, workload)).flatMap(openPorts),
    ],
  };
}
