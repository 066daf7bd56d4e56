import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { openCluster, type Cluster } from '../../source/sources/kubernetes/connection.ts';
import { kinds, type Kind } from '../../source/sources/kubernetes/kinds.ts';
import { list, type Selection } from '../../source/sources/kubernetes/layer.ts';
import type { Named } from '../../source/sources/kubernetes/watch/store.ts';

/** Readings of a kind that may be torn by changes before it counts as never still. */
const tries = 20;

/** The kinds of a namespace that have a protobuf reader. */
export const namespacedKinds: readonly Kind<Named>[] = [
  kinds.services,
  kinds.pods,
  kinds.endpointSlices,
  kinds.endpoints,
];

/** The kind as if the API server had nothing but JSON. */
export function byJson<Item>({ root, plural, parse }: Kind<Item>): Kind<Item> {
  return { root, plural, parse };
}

/** Fails where the objects of one kind are not the same by protobuf as by JSON. */
export async function expectSame(cluster: Cluster, kind: Kind<unknown>, selection: Selection): Promise<void> {
  const asJson = async () => (await list(cluster, byJson(kind), selection)).items;
  let before = await asJson();
  for (let left = tries; left > 0; left -= 1) {
    const { items } = await list(cluster, kind, selection);
    const after = await asJson();
    if (isDeepStrictEqual(before, after)) {
      expect(items).toEqual(before);
      return;
    }
    before = after;
  }
}

/** Fails where the pods, slices, Endpoints and Services of a namespace are not the same by protobuf as by JSON. */
export async function expectSameByBothReaders(kubeconfig: string, namespace: string): Promise<void> {
  const cluster = await openCluster({ kubeconfig }, {});
  try {
    for (const kind of namespacedKinds) await expectSame(cluster, kind, { namespace });
  } finally {
    cluster.close();
  }
}
