import { optional, type UnknownRecord } from '../../../core/door.ts';
import type { Versions } from '../../../core/versions.ts';
import type { KubeApi } from '../../gateway.ts';
import { imageVersion } from '../image-version.ts';
import { listObjects } from '../listing.ts';
import {
  adcContainer,
  apisixContainer,
  controllerContainer,
  workloadOf,
  workloadsOf,
  type Workload,
} from './workload.ts';

/** The charts' names of APISIX and of its ingress controller, on its own and under another chart. */
const labelSelector = 'app.kubernetes.io/name in (apisix,apisix-ingress-controller,ingress-controller)';

/** Where the project's own guides install them. */
const usualNamespaces = ['ingress-apisix', 'apisix'];

/** Pods in which APISIX or its ingress controller runs. */
export type FoundPods = {
  /** As the API server has them. */
  readonly apisix: readonly UnknownRecord[];
  readonly controllers: readonly UnknownRecord[];
  /** Where alone was looked, without the right to look everywhere: empty without any right to list pods. */
  readonly onlyIn?: readonly string[];
};

type PodsIn = { readonly namespace: string; readonly pods: readonly UnknownRecord[] };

/** Without the namespaces whose pods may not be listed. */
async function listIn(
  kube: KubeApi,
  namespaces: readonly string[],
  query?: Readonly<Record<string, string>>,
): Promise<readonly PodsIn[]> {
  const lists = await Promise.all(
    namespaces.map(async (namespace) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
      const pods = await listObjects(kube, path, query);
      return pods ? [{ namespace, pods }] : [];
    }),
  );
  return lists.flat();
}

const isApisix = (pod: UnknownRecord) => apisixContainer(workloadOf(pod)) !== undefined;
const isController = (pod: UnknownRecord) => controllerContainer(workloadOf(pod)) !== undefined;

const placeOf = (pod: UnknownRecord) => {
  const { namespace, pods } = workloadOf(pod);
  return `${namespace}/${pods[0] ?? ''}`;
};

/**
 * By label in all namespaces, without that right in `namespace` and the usual ones; where that does not find both, by
 * image in the usual ones, since labels can be replaced: in others that could be thousands of pods.
 */
export async function findPods(kube: KubeApi, namespace: string): Promise<FoundPods> {
  const everywhere = await listObjects(kube, '/api/v1/pods', { labelSelector });
  const namespaces = [...new Set([namespace, ...usualNamespaces])];
  const answered = everywhere ? [] : await listIn(kube, namespaces, { labelSelector });
  const labelled = everywhere ?? answered.flatMap(({ pods }) => pods);
  const isComplete = labelled.some(isApisix) && labelled.some(isController);
  const alike = isComplete ? [] : (await listIn(kube, usualNamespaces)).flatMap((one) => one.pods);
  const pods = [...new Map([...labelled, ...alike].map((pod) => [placeOf(pod), pod])).values()];
  return {
    apisix: pods.filter(isApisix),
    controllers: pods.filter(isController),
    ...(!everywhere && { onlyIn: answered.map((one) => one.namespace) }),
  };
}

/** Versions of the ingress controller and of its ADC, by the images of their pods. */
export function controllerVersions(controllers: FoundPods['controllers']): Versions {
  const workloads = controllers.map(workloadOf);
  const versionOf = (containerIn: typeof controllerContainer) =>
    workloads.map((workload) => imageVersion(containerIn(workload)?.image ?? '')).find((one) => one !== '');
  return {
    ...optional('apisix-ingress-controller', versionOf(controllerContainer)),
    ...optional('adc', versionOf(adcContainer)),
  };
}

export type FoundWorkloads = {
  readonly workloads: readonly Workload[];
  /** Where was not looked, and why: a clause. */
  readonly unread: readonly string[];
};

/** Every APISIX and every ingress controller, by what made their pods. */
export async function findWorkloads(kube: KubeApi, namespace: string): Promise<FoundWorkloads> {
  const { apisix, controllers, onlyIn } = await findPods(kube, namespace);
  return {
    workloads: workloadsOf([...new Set([...apisix, ...controllers])]),
    unread: onlyIn ? [unseen(onlyIn)] : [],
  };
}

function unseen(onlyIn: readonly string[]): string {
  return onlyIn.length === 0
    ? 'APISIX and its controllers could not be looked for: no right to list pods'
    : `APISIX and its controllers were looked for in ${onlyIn.join(', ')} only: no right to list pods elsewhere`;
}
