import { escapeText } from '../../escape.ts';
import type { Table } from './table.ts';

/** RFC 4180: quoted where it must be. */
function cell(text: string): string {
  const safe = escapeText(text);
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly string[]) => `${cells.map(cell).join(',')}\r\n`;

/** All rows and all columns, those of a table that shows less as well. */
export function csvOf(table: Table, now: number): string {
  const columns = table.columns();
  const rows = Array.from({ length: table.count }, (_, index) =>
    line(columns.map(({ textAt }) => textAt(index, now))),
  );
  return line(columns.map(({ title }) => title)) + rows.join('');
}
