import { asArray, asNumber, asRecord, optional, type UnknownRecord } from '../../core/door.ts';
import { groupBy } from '../../core/group-by.ts';
import { fullName } from '../../core/kubernetes.ts';
import type { KubeApi, PodName } from '../gateway.ts';
import { imageVersion } from './image-version.ts';
import { findPods } from './installation/find-workloads.ts';
import { apisixContainer, workloadOf } from './installation/workload.ts';
import { statusOf } from './listing.ts';

/** A pod in which APISIX runs. */
export type ApisixPod = PodName & {
  readonly adminPort: number;
  readonly controlPort: number;
  /** The one that runs APISIX; absent when not known. */
  readonly container?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** By its image; absent when that does not tell. */
  readonly version?: string;
  /** Names of those it mounts: its own configuration is among them. */
  readonly configMaps: readonly string[];
};

/** Pods of one gateway: they share a configuration and a key. Those that are ready first. */
export type Installation = readonly [ApisixPod, ...ApisixPod[]];

export type Found =
  | {
      readonly state: 'Found';
      readonly installations: readonly [Installation, ...Installation[]];
      /** The pods of ingress controllers, as the API server has them. */
      readonly controllers: readonly UnknownRecord[];
    }
  | { readonly state: 'NotFound'; readonly reason: string };

/** APISIX's own defaults, and the chart's. */
const defaultPorts = { adminPort: 9180, controlPort: 9090 };

function parsePod(pod: UnknownRecord): ApisixPod {
  const workload = workloadOf(pod);
  const { namespace, pods, labels, configMaps } = workload;
  const container = apisixContainer(workload);
  const ports = asArray(asRecord(pod['spec'])['containers'])
    .flatMap((one) => asArray(asRecord(one)['ports']))
    .map(asRecord);
  const portNamed = (wanted: string) =>
    asNumber(ports.find(({ name }) => name === wanted)?.['containerPort']);
  return {
    namespace,
    name: pods[0] ?? '',
    adminPort: portNamed('admin') ?? defaultPorts.adminPort,
    controlPort: portNamed('control') ?? defaultPorts.controlPort,
    labels,
    ...optional('container', container?.name),
    ...optional('version', imageVersion(container?.image ?? '')),
    configMaps,
  };
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
  return `${isReady(pod) ? 0 : 1} ${fullName(parsePod(pod))}`;
}

/** The Helm release in its namespace, or what else made the pod: pods of one gateway share it. */
export function installationKey({ namespace, labels }: Pick<ApisixPod, 'namespace' | 'labels'>): string {
  const release = labels['app.kubernetes.io/instance'] ?? '';
  return release === '' ? namespace : `${namespace}/${release}`;
}

function installationsOf(pods: readonly ApisixPod[]): readonly Installation[] {
  return [...groupBy(pods, installationKey).values()].flatMap(([first, ...others]) =>
    first ? [[first, ...others] as const] : [],
  );
}

/** Every APISIX that runs, the one with the first pod that is ready first. */
export async function findApisix(kube: KubeApi, namespace: string): Promise<Found> {
  const found = await findPods(kube, namespace);
  const running = found.apisix.filter(isRunning).toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const [first, ...others] = installationsOf(running.map(parsePod));
  if (first) {
    return { state: 'Found', installations: [first, ...others], controllers: found.controllers };
  }
  if (found.apisix.length > 0) {
    const names = found.apisix.map(parsePod).map(fullName).toSorted();
    return { state: 'NotFound', reason: `no APISIX found: not running: ${names.join(', ')}` };
  }
  if (found.onlyIn?.length === 0)
    return { state: 'NotFound', reason: 'no APISIX found: no right to list pods' };
  const where = found.onlyIn ? ` in ${found.onlyIn.join(', ')}, and no right to list pods elsewhere` : '';
  return { state: 'NotFound', reason: `no APISIX found: no pod with app.kubernetes.io/name=apisix${where}` };
}

/** The pod of this name. Who may not see it may still be allowed to forward its port. */
export async function namedPod(kube: KubeApi, { namespace, name }: PodName): Promise<ApisixPod> {
  try {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
    return parsePod(asRecord(await kube.get(path)));
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    return { namespace, name, ...defaultPorts, labels: {}, configMaps: [] };
  }
}
