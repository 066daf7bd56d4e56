import { fitColumns, gap } from '../layout.ts';
import { cut, fit, textWidth, type Line } from '../text.ts';
import type { Sort } from './ordered.ts';
import type { Column, Table } from './table.ts';

/** The columns that there is room for. */
export function columnsIn(table: Table, width: number): readonly Column[] {
  return fitColumns(table.columns(), width);
}

/** The titles, above what {@link rowLine} draws; that of the sorted column has an arrow and is reversed. */
export function headingLine(columns: readonly Column[], sort: Sort | undefined): Line {
  return columns.flatMap(({ title, letter, width }): Line => {
    const space = { text: ' '.repeat(gap), tone: 'plain' } as const;
    if (sort?.letter !== letter) return [space, { text: fit(title, width), tone: 'strong' }];
    const short = cut(title, width - 1);
    const text = `${short}${sort.isDescending ? '↓' : '↑'}`;
    const rest = ' '.repeat(Math.max(0, width - textWidth(text)));
    return [space, { text, tone: 'selected' }, { text: rest, tone: 'plain' }];
  });
}

export type RowMarks = {
  /** Marked by `>` as well as by its tone. */
  readonly isSelected: boolean;
  /** It changed a moment ago: marked by `*`. */
  readonly isChanged: boolean;
};

/** One row, by its index in the table. */
export function rowLine(
  columns: readonly Column[],
  index: number,
  { now, isSelected, isChanged }: RowMarks & { readonly now: number },
): Line {
  const marks = `${isSelected ? '>' : ' '}${isChanged ? '*' : ' '}`;
  const cells = columns.flatMap(({ textAt, toneAt, width, keep }, place): Line => [
    { text: place === 0 ? marks : ' '.repeat(gap), tone: isChanged ? 'warning' : 'plain' },
    { text: fit(textAt(index, now), width, keep), tone: toneAt(index) },
  ]);
  if (!isSelected) return cells;
  return [{ text: cells.map(({ text }) => text).join(''), tone: 'selected' }];
}
