import { escapeText } from './escape.ts';

/** kubectl's `printers/tabwriter.go`: three spaces between columns, none narrower than six. */
const padding = 3;
const minimumWidth = 6;

type Columns = (rows: readonly (readonly string[])[]) => string;

/** Lines up rows that come later with those before them: columns only get wider, as in `kubectl get --watch`. */
export function growingColumns(): Columns {
  const widths: number[] = [];
  return (rows) => {
    const escaped = rows.map((row) => row.map(escapeText));
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
  };
}

/** Lines up rows of cells as kubectl does; the last column is not padded. */
export const columns: Columns = (rows) => growingColumns()(rows);
