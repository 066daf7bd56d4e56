import { asArray, asNumber, asRecord, asText, type UnknownRecord } from '../../core/door.ts';
import type { KubeApi, PodName } from '../gateway.ts';
import { listObjects, statusOf } from './listing.ts';

/** A pod in which APISIX runs. */
export type ApisixPod = PodName & {
  readonly adminPort: number;
  /** Names of those it mounts: its own configuration is among them. */
  readonly configMaps: readonly string[];
};

export type Found =
  | { readonly state: 'Found'; readonly pod: ApisixPod }
  | { readonly state: 'NotFound'; readonly reason: string };

/** APISIX's own default, and the chart's. */
const defaultAdminPort = 9180;

/** What the chart puts on APISIX's pods, and on no others. */
const labelSelector = 'app.kubernetes.io/name=apisix';

/** Where the project's own guides install it. */
const usualNamespaces = ['ingress-apisix', 'apisix'];

function parsePod(pod: UnknownRecord): ApisixPod {
  const metadata = asRecord(pod['metadata']);
  const spec = asRecord(pod['spec']);
  const ports = containersOf(pod).flatMap((container) => asArray(container['ports']).map(asRecord));
  const adminPort = asNumber(ports.find(({ name }) => name === 'admin')?.['containerPort']);
  const configMaps = asArray(spec['volumes']).map((volume) =>
    asText(asRecord(asRecord(volume)['configMap'])['name']),
  );
  return {
    namespace: asText(metadata['namespace']),
    name: asText(metadata['name']),
    adminPort: adminPort ?? defaultAdminPort,
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
  const [first] = pods.filter(isRunning).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  if (first) return { state: 'Found', pod: parsePod(first) };
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
 * By label in all namespaces, or without the right to look there in `namespace` and the usual ones; then by image,
 * in the usual ones only: in others that could be thousands of pods.
 */
export async function findPod(kube: KubeApi, namespace: string): Promise<Found> {
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
    return { namespace, name, adminPort: defaultAdminPort, configMaps: [] };
  }
}
