import type { AddressRow } from '../../core/report.ts';
import { matches, parseFilter } from './filter.ts';

/** Some layer does not hold of this address what it should. */
export function isDrifted(row: AddressRow): boolean {
  return row.firstDivergence !== undefined;
}

/** The rows that the table scrolls over. An invalid filter hides nothing: the footer says that it is invalid. */
export function shownRows(
  rows: readonly AddressRow[],
  { filter, driftOnly }: { readonly filter: string; readonly driftOnly: boolean },
): readonly AddressRow[] {
  const terms = parseFilter(filter) ?? [];
  return rows.filter((row) => (!driftOnly || isDrifted(row)) && matches(row, terms));
}

export type Window = {
  /** Index of the selected row; 0 when there is none. */
  readonly cursor: number;
  /** Index of the first row on the screen. */
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
