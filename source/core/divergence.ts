import { comparedLayers, type ComparedLayer } from './expected.ts';
import type { Row } from './join.ts';

/** How a layer differs from the truth about one address. */
export type Divergence = 'Missing' | 'Stale';

/**
 * Missing: it should be there and is not, or should be ready and is not. Stale: it is there and should not be,
 * or is ready and should not be. Not ready against terminating is no difference: neither gets traffic.
 */
export function divergence({ expected, actual }: Row, layer: ComparedLayer): Divergence | undefined {
  const should = expected[layer];
  const is = actual[layer];
  if (should === 'Any' || is === undefined || is === 'Unread') return undefined;
  const usable = is === 'Ready' || is === 'Present';
  if (should === 'Ready') return usable ? undefined : 'Missing';
  if (usable) return 'Stale';
  if (should === 'Unready') return undefined;
  if (should === 'Absent') return is === 'Absent' ? undefined : 'Stale';
  return is === 'Absent' ? 'Missing' : undefined;
}

/** The first layer, in the order in which truth travels, that diverges. */
export function firstDivergence(row: Row): ComparedLayer | undefined {
  return comparedLayers.find((layer) => divergence(row, layer) !== undefined);
}
