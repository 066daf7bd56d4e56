import { escapeText } from './escape.ts';

/** kubectl's `printers/tabwriter.go`: three spaces between columns, none narrower than six. */
const padding = 3;
const minimumWidth = 6;

/** Lines up rows of cells as kubectl does; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map(escapeText));
  const widths: number[] = [];
  for (const row of escaped) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? minimumWidth, cell.length);
    });
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell.padEnd((widths[column] ?? 0) + padding),
      )
      .join('')
      .trimEnd();
  return escaped.map((row) => `${line(row)}\n`).join('');
}
