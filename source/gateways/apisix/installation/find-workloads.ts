import type { UnknownRecord } from '../../../core/door.ts';
import type { KubeApi } from '../../gateway.ts';
import { listObjects } from '../listing.ts';
import { apisixContainer, controllerContainer, workloadsOf, type Workload } from './workload.ts';

/** The charts' names of APISIX and of its ingress controller, on its own and under another chart. */
const labelSelector = 'app.kubernetes.io/name in (apisix,apisix-ingress-controller,ingress-controller)';

/** Where the project's own guides install them. */
const usualNamespaces = ['ingress-apisix', 'apisix'];

export type FoundWorkloads = {
  readonly workloads: readonly Workload[];
  /** Where was not looked, and why: a clause. */
  readonly unread: readonly string[];
};

async function listIn(
  kube: KubeApi,
  namespaces: readonly string[],
  query?: Readonly<Record<string, string>>,
): Promise<readonly UnknownRecord[]> {
  const lists = await Promise.all(
    namespaces.map((namespace) =>
      listObjects(kube, `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`, query),
    ),
  );
  return lists.flatMap((pods) => pods ?? []);
}

/**
 * Every APISIX and every ingress controller: by label in all namespaces, without that right in `namespace` and the
 * usual ones; and by image in the usual ones, since labels can be replaced.
 */
export async function findWorkloads(kube: KubeApi, namespace: string): Promise<FoundWorkloads> {
  const everywhere = await listObjects(kube, '/api/v1/pods', { labelSelector });
  const namespaces = [...new Set([namespace, ...usualNamespaces])];
  const labelled = everywhere ?? (await listIn(kube, namespaces, { labelSelector }));
  const alike = await listIn(kube, usualNamespaces);
  const known = new Set(labelled.map((pod) => JSON.stringify(pod['metadata'])));
  const others = alike.filter((pod) => !known.has(JSON.stringify(pod['metadata'])));
  return {
    workloads: workloadsOf([...labelled, ...others]).filter(
      (workload) => apisixContainer(workload) ?? controllerContainer(workload),
    ),
    unread: everywhere
      ? []
      : [
          `APISIX and its controllers were looked for in ${namespaces.join(', ')} only: no right to list pods elsewhere`,
        ],
  };
}
