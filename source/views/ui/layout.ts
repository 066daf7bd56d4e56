/** In character cells. */
export type Size = { readonly columns: number; readonly rows: number };

/** Below this the table would have no rows worth scrolling. */
export const smallest: Size = { columns: 60, rows: 15 };

export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

/** One row less than the terminal: Ink clears the whole screen for a frame that fills it. */
export function frameHeight({ rows }: Size): number {
  return rows - 1;
}

/** How many of `count` notices are drawn: a sixth of the screen, two at least. */
export function noticeHeight({ rows }: Size, count: number): number {
  return Math.min(count, Math.max(2, Math.floor(rows / 6)));
}

/** Rows between the notices and the footer; the table's heading is one of them. */
export function bodyHeight(size: Size, noticeCount: number): number {
  const headerFlowCrumbsAndFooter = 4;
  return Math.max(2, frameHeight(size) - headerFlowCrumbsAndFooter - noticeHeight(size, noticeCount));
}

export type ColumnSpec = {
  /** Columns of the widest value or of the title. */
  readonly width: number;
  /** The column gives way down to this width before it, or the next one, falls away. */
  readonly narrowest: number;
  /** The highest falls away first and grows last; 0 stays. */
  readonly rank: number;
};

/** Blank columns between two columns of the table, and before the first one for the cursor. */
export const gap = 2;

function needed(columns: readonly ColumnSpec[]): number {
  return columns.reduce((sum, { narrowest }) => sum + gap + narrowest, 0);
}

/** The columns that fit side by side, in their order, each with the width it gets. */
export function fitColumns<Column extends ColumnSpec>(
  columns: readonly Column[],
  width: number,
): readonly Column[] {
  const rank = Math.max(0, ...columns.map((column) => column.rank));
  if (rank > 0 && needed(columns) > width) {
    return fitColumns(
      columns.filter((column) => column.rank < rank),
      width,
    );
  }
  let spare = Math.max(0, width - needed(columns));
  const widths = new Map<Column, number>();
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    const granted = Math.min(column.width - column.narrowest, spare);
    widths.set(column, column.narrowest + granted);
    spare -= granted;
  }
  return columns.map((column) => ({ ...column, width: widths.get(column) ?? column.width }));
}
