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

/** All rows, by index, in the table's own order or in that of a column. */
export function orderOf(table: Table, sort: Sort | undefined): readonly number[] {
  const own = Array.from({ length: table.count }, (_, index) => index);
  const column = sort && table.columns().find(({ letter }) => letter === sort.letter);
  if (!column) return own;
  const keys = own.map(column.orderAt);
  const sign = sort.isDescending ? -1 : 1;
  return own.sort((a, b) => sign * compare(keys[a] ?? '', keys[b] ?? ''));
}

/**
 * The rows that the table scrolls over, of all of them in `order`. An invalid filter hides nothing: the footer says what
 * it lacks.
 */
export function shownRows(
  table: Table,
  { filter, driftOnly, sort }: Choice,
  order = orderOf(table, sort),
): readonly number[] {
  const parsed = parseFilter(filter, table);
  const isDrifted = driftOnly ? table.isDriftedAt : undefined;
  const drifted = isDrifted ? order.filter((index) => isDrifted(index)) : order;
  const terms = parsed.kind === 'Valid' ? parsed.terms : [];
  return terms.reduce((shown, term) => shown.filter(matcher(table, term)), drifted);
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
