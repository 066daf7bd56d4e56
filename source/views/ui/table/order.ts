import { matcher, parseFilter } from './filter.ts';
import { picked, type Indices, type Ordering } from './ordered.ts';
import type { Table } from './table.ts';

/** What of a table is shown, and in which order. */
export type Choice = Ordering & { readonly filter: string };

/** The rows that the table scrolls over. An invalid filter hides nothing: the footer says what it lacks. */
export function shownRows(table: Table, { filter, ...ordering }: Choice): Indices {
  const parsed = parseFilter(filter, table);
  const terms = parsed.kind === 'Valid' ? parsed.terms : [];
  return terms.reduce((shown, term) => picked(shown, matcher(table, term)), table.ordered(ordering));
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
