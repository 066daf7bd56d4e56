import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { openCluster, type Cluster } from '../../source/sources/kubernetes/connection.ts';
import { kinds, type Kind } from '../../source/sources/kubernetes/kinds.ts';
import { list } from '../../source/sources/kubernetes/layer.ts';

/** Readings of a kind that may be torn by changes before it counts as never still. */
const tries = 20;

async function compare<Item>(cluster: Cluster, kind: Kind<Item>, namespace: string): Promise<void> {
  const { root, plural, parse } = kind;
  const asJson = async () => (await list(cluster, { root, plural, parse }, { namespace })).items;
  let before = await asJson();
  for (let left = tries; left > 0; left -= 1) {
    const { items } = await list(cluster, kind, { namespace });
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
    for (const kind of [kinds.services, kinds.pods, kinds.endpointSlices, kinds.endpoints]) {
      await compare<unknown>(cluster, kind, namespace);
    }
  } finally {
    cluster.close();
  }
}
