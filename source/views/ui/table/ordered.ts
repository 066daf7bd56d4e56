import { ranked, type Ranks } from './ranks.ts';

/** Rows of a table by their index: outside of the heap, where a collection need not look at 50,000 of them. */
export type Indices = Uint32Array;

export type Sort = {
  /** Of the column. */
  readonly letter: string;
  readonly isDescending: boolean;
};

export type Ordering = {
  /** Absent: the table's own order. */
  readonly sort: Sort | undefined;
  readonly driftOnly: boolean;
};

type Source = {
  readonly count: number;
  /** Of the column with this letter; undefined when there is none. */
  readonly ranksBy: (letter: string) => Ranks | undefined;
  /** Absent: drift only leaves all rows. */
  readonly isDriftedAt: ((index: number) => boolean) | undefined;
};

/** Those that are to be shown, in their order. */
export function picked(order: Indices, isShown: (index: number) => boolean): Indices {
  const shown = new Uint32Array(order.length);
  let count = 0;
  for (const index of order) {
    if (!isShown(index)) continue;
    shown[count] = index;
    count += 1;
  }
  return count === order.length ? order : shown.subarray(0, count);
}

/** The rows of a table in every order that is asked for, each made once: a key goes back and forth between two. */
export function orderings({ count, ranksBy, isDriftedAt }: Source): (ordering: Ordering) => Indices {
  const made = new Map<string, Indices>();
  const remembered = (key: string, make: () => Indices) => {
    const order = made.get(key) ?? make();
    made.set(key, order);
    return order;
  };
  const sortedBy = (sort: Sort | undefined) => {
    const ranks = sort && ranksBy(sort.letter);
    return ranks
      ? ranked(ranks, sort.isDescending)
      : Uint32Array.from({ length: count }, (_, index) => index);
  };
  return ({ sort, driftOnly }) => {
    const key = sort ? `${sort.letter} ${sort.isDescending}` : '';
    const all = remembered(key, () => sortedBy(sort));
    return driftOnly && isDriftedAt ? remembered(`${key} drift`, () => picked(all, isDriftedAt)) : all;
  };
}
