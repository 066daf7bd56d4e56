import { asArray, asNumber, asRecord, asText, optional, type UnknownRecord } from '../../core/door.ts';
import type { KubeApi, PodName } from '../gateway.ts';
import { imageVersion } from './image-version.ts';
import { listObjects, statusOf } from './listing.ts';

/** A pod in which APISIX runs. */
export type ApisixPod = PodName & {
  readonly adminPort: number;
  readonly controlPort: number;
  /** The one that runs APISIX; absent when not known. */
  readonly container?: string;
  /** The Helm release, or what else made it: pods of one gateway share it. Empty when not known. */
  readonly release: string;
  /** By its image; absent when that does not tell. */
  readonly version?: string;
  /** Names of those it mounts: its own configuration is among them. */
  readonly configMaps: readonly string[];
};

export type Found =
  /** One or more. */
  | { readonly state: 'Found'; readonly pods: readonly [ApisixPod, ...ApisixPod[]] }
  | { readonly state: 'NotFound'; readonly reason: string };

/** APISIX's own defaults, and the chart's. */
const defaultPorts = { adminPort: 9180, controlPort: 9090 };

/** What the chart puts on APISIX's pods, and on no others. */
const labelSelector = 'app.kubernetes.io/name=apisix';

/** Where the project's own guides install it. */
const usualNamespaces = ['ingress-apisix', 'apisix'];

function parsePod(pod: UnknownRecord): ApisixPod {
  const metadata = asRecord(pod['metadata']);
  const spec = asRecord(pod['spec']);
  const ports = containersOf(pod).flatMap((container) => asArray(container['ports']).map(asRecord));
  const portNamed = (wanted: string) =>
    asNumber(ports.find(({ name }) => name === wanted)?.['containerPort']);
  const container = containersOf(pod).find(isApisixImage);
  const configMaps = asArray(spec['volumes']).map((volume) =>
    asText(asRecord(asRecord(volume)['configMap'])['name']),
  );
  return {
    namespace: asText(metadata['namespace']),
    name: asText(metadata['name']),
    adminPort: portNamed('admin') ?? defaultPorts.adminPort,
    controlPort: portNamed('control') ?? defaultPorts.controlPort,
    release: asText(asRecord(metadata['labels'])['app.kubernetes.io/instance']),
    ...optional('container', asText(container?.['name'])),
    ...optional('version', imageVersion(asText(container?.['image']))),
    configMaps: configMaps.filter((name) => name !== ''),
  };
}

function containersOf(pod: UnknownRecord): readonly UnknownRecord[] {
  return asArray(asRecord(pod['spec'])['containers']).map(asRecord);
}

function isApisixImage(container: UnknownRecord): boolean {
  return /(?:^|\/)apache\/apisix(?:[:@]|$)/.test(asText(container['image']));
}

function isRunning(pod: UnknownRecord): boolean {
  const isTerminating = asRecord(pod['metadata'])['deletionTimestamp'] !== undefined;
  return asRecord(pod['status'])['phase'] === 'Running' && !isTerminating;
}

function isReady(pod: UnknownRecord): boolean {
  const conditions = asArray(asRecord(pod['status'])['conditions']).map(asRecord);
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** `ingress-apisix/apisix-0`, behind a sign that puts ready pods first. */
function order(pod: UnknownRecord): string {
  const { namespace, name } = parsePod(pod);
  return `${isReady(pod) ? 0 : 1} ${namespace}/${name}`;
}

function choose(pods: readonly UnknownRecord[]): Found {
  const [first, ...more] = pods.filter(isRunning).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  if (first) return { state: 'Found', pods: [parsePod(first), ...more.map(parsePod)] };
  const names = pods.map(parsePod).map(({ namespace, name }) => `${namespace}/${name}`);
  return { state: 'NotFound', reason: `no APISIX found: not running: ${names.toSorted().join(', ')}` };
}

async function listIn(
  kube: KubeApi,
  namespaces: readonly string[],
  query?: Readonly<Record<string, string>>,
): Promise<readonly UnknownRecord[]> {
  const lists = await Promise.all(
    namespaces.map((namespace) => listObjects(kube, `/api/v1/namespaces/${namespace}/pods`, query)),
  );
  return lists.flatMap((pods) => pods ?? []);
}

/**
 * Every pod that runs, those that are ready first. By label in all namespaces, or without the right to look there in `namespace` and the usual ones; then by image,
 * in the usual ones only: in others that could be thousands of pods.
 */
export async function findPods(kube: KubeApi, namespace: string): Promise<Found> {
  const everywhere = await listObjects(kube, '/api/v1/pods', { labelSelector });
  const namespaces = [...new Set([namespace, ...usualNamespaces])];
  const labelled = everywhere ?? (await listIn(kube, namespaces, { labelSelector }));
  if (labelled.length > 0) return choose(labelled);
  const alike = await listIn(kube, usualNamespaces);
  const byImage = alike.filter((pod) => containersOf(pod).some(isApisixImage));
  if (byImage.length > 0) return choose(byImage);
  const where = everywhere ? '' : ` in ${namespaces.join(', ')}, and no right to list pods elsewhere`;
  return { state: 'NotFound', reason: `no APISIX found: no pod with ${labelSelector}${where}` };
}

/** The pod of this name. Who may not see it may still be allowed to forward its port. */
export async function namedPod(kube: KubeApi, { namespace, name }: PodName): Promise<ApisixPod> {
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
    return parsePod(asRecord(await kube.get(path)));
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return { namespace, name, ...defaultPorts, release: '', configMaps: [] };
  }
}
