/** The rows of a column by what it sorts by: equal values have one rank, the least has 0. */
export type Ranks = {
  /** How many there are: as many as different values. */
  readonly count: number;
  /** By the row's index. */
  readonly at: Uint32Array;
};

type Value = number | string;

function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Only different values are compared: of 50,000 rows many a column has no more than a few. */
export function ranksOf(values: readonly Value[]): Ranks {
  const different = [...new Set(values)].sort(compare);
  const ranks = new Map(different.map((value, rank) => [value, rank]));
  return { count: different.length, at: Uint32Array.from(values, (value) => ranks.get(value) ?? 0) };
}

/** All rows, by index, from the least rank or from the highest; those of equal rank by index, either way. */
export function ranked({ count, at }: Ranks, isDescending: boolean): Uint32Array {
  const placeOf = (rank: number) => (isDescending ? count - 1 - rank : rank);
  /** Of each place, where its next row goes: at first behind all rows of the places before it. */
  const next = new Uint32Array(count + 1);
  for (const rank of at) next[placeOf(rank) + 1] = (next[placeOf(rank) + 1] ?? 0) + 1;
  for (let place = 1; place < count; place += 1) next[place] = (next[place] ?? 0) + (next[place - 1] ?? 0);
  const order = new Uint32Array(at.length);
  at.forEach((rank, index) => {
    const place = placeOf(rank);
    const position = next[place] ?? 0;
    order[position] = index;
    next[place] = position + 1;
  });
  return order;
}
