import type { NodeRow, WeightChange } from './report.ts';

/** What became different between the nodes of one upstream at two moments. */
export type NodeChanges = {
  /** Addresses. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly weights: readonly WeightChange[];
};

export const noChanges: NodeChanges = { added: [], removed: [], weights: [] };

/** A node that is there twice gets twice the requests. */
function weightsOf(nodes: readonly NodeRow[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { address, weight } of nodes) weights.set(address, (weights.get(address) ?? 0) + weight);
  return weights;
}

/** In the order of the nodes. */
export function changesOfNodes(before: readonly NodeRow[], after: readonly NodeRow[]): NodeChanges {
  const [was, is] = [weightsOf(before), weightsOf(after)];
  return {
    added: [...is.keys()].filter((address) => !was.has(address)),
    removed: [...was.keys()].filter((address) => !is.has(address)),
    weights: [...is].flatMap(([address, to]) => {
      const from = was.get(address) ?? to;
      return from === to ? [] : [{ address, from, to }];
    }),
  };
}

export function isUnchanged({ added, removed, weights }: NodeChanges): boolean {
  return added.length + removed.length + weights.length === 0;
}
