import { matcher, parseFilter } from './filter.ts';
import type { Table } from './table.ts';

export type Sort = {
  /** Of the column. */
  readonly letter: string;
  readonly isDescending: boolean;
};

/** What of a table is shown, and in which order. */
export type Choice = {
  readonly filter: string;
  readonly driftOnly: boolean;
  /** Absent: the table's own order. */
  readonly sort: Sort | undefined;
};

function compare(a: number | string, b: number | string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sorted(table: Table, shown: readonly number[], { letter, isDescending }: Sort): readonly number[] {
  const column = table.columns().find((each) => each.letter === letter);
  if (!column) return shown;
  const keyed = shown.map((index) => ({ index, key: column.orderAt(index) }));
  const sign = isDescending ? -1 : 1;
  return keyed.sort((a, b) => sign * compare(a.key, b.key)).map(({ index }) => index);
}

/** The rows that the table scrolls over, by index. An invalid filter hides nothing: the footer says what it lacks. */
export function shownRows(table: Table, { filter, driftOnly, sort }: Choice): readonly number[] {
  const parsed = parseFilter(filter, table);
  const terms = parsed.kind === 'Valid' ? parsed.terms : [];
  const isMatch = terms.length === 0 ? undefined : matcher(table, terms);
  const isDrifted = driftOnly ? table.isDriftedAt : undefined;
  const shown: number[] = [];
  for (let index = 0; index < table.count; index += 1) {
    if ((isDrifted?.(index) ?? true) && (isMatch?.(index) ?? true)) shown.push(index);
  }
  return sort ? sorted(table, shown, sort) : shown;
}

export type Window = {
  /** Position of the selected row among those shown; 0 when there is none. */
  readonly cursor: number;
  /** Position of the first row on the screen. */
  readonly offset: number;
};

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** The window moved as little as keeps the cursor on a row, the row on the screen and the screen full. */
export function keepInView({ cursor, offset }: Window, count: number, height: number): Window {
  const row = clamp(cursor, 0, Math.max(0, count - 1));
  const first = clamp(offset, row - height + 1, row);
  return { cursor: row, offset: clamp(first, 0, Math.max(0, count - height)) };
}
