import type { AddressRow, LayerName, ServiceReport } from '../../core/report.ts';
import { gap, type ColumnSpec } from './layout.ts';
import { fit, textWidth, type Line, type Tone } from './text.ts';
import { layerTitles, stateTones, stateWords } from './words.ts';

/** One column of the table. */
export type Column = ColumnSpec & {
  readonly title: string;
  readonly textOf: (row: AddressRow) => string;
  readonly toneOf: (row: AddressRow) => Tone;
  /** The end of a long value that is kept: the last letters tell the pods of a Deployment apart. */
  readonly keep: 'start' | 'end';
};

type Options = Partial<Pick<Column, 'narrowest' | 'rank' | 'toneOf' | 'keep'>>;

/** Stands where a value is not known, as in kubectl's tables. */
const unknown = '<none>';

function column(
  rows: readonly AddressRow[],
  title: string,
  textOf: Column['textOf'],
  { narrowest, rank = 0, toneOf = () => 'plain', keep = 'start' }: Options = {},
): Column {
  const width = rows.reduce((widest, row) => Math.max(widest, textWidth(textOf(row))), title.length);
  return { title, textOf, toneOf, keep, rank, width, narrowest: Math.min(width, narrowest ?? width) };
}

function layerColumn(rows: readonly AddressRow[], name: LayerName): Column {
  const textOf = (row: AddressRow) => {
    const state = row.in[name];
    return state ? stateWords[state] : '-';
  };
  const toneOf = (row: AddressRow) => {
    const state = row.in[name];
    return state ? stateTones[state] : 'quiet';
  };
  const narrowest = Math.max(layerTitles[name].length, stateWords.Absent.length);
  return column(rows, layerTitles[name].toUpperCase(), textOf, { toneOf, narrowest });
}

function lostAt({ firstDivergence: layer }: AddressRow): string {
  return layer ? layerTitles[layer] : '-';
}

/** Every column of the report, as wide as its widest value; a layer that is absent has none. */
export function reportColumns({ addresses, layers }: ServiceReport): readonly Column[] {
  const toneOf = (row: AddressRow): Tone => (row.firstDivergence ? 'error' : 'quiet');
  return [
    // 21: the longest IPv4 address with a port.
    column(addresses, 'ADDRESS', ({ address }) => address, { narrowest: 21 }),
    column(addresses, 'POD', ({ pod = unknown }) => pod, { narrowest: 12, rank: 2, keep: 'end' }),
    column(addresses, 'NODE', ({ node = unknown }) => node, { rank: 3 }),
    column(addresses, 'ZONE', ({ zone = unknown }) => zone, { rank: 5 }),
    ...layers.filter(({ state }) => state !== 'Absent').map(({ name }) => layerColumn(addresses, name)),
    column(addresses, 'FIRST LOST', lostAt, { rank: 1, toneOf }),
    column(addresses, 'BECAUSE', ({ because = '-' }) => because, { rank: 4, toneOf }),
  ];
}

/** The titles, above what {@link rowLine} draws. */
export function headingLine(columns: readonly Column[]): Line {
  const titles = columns.map(({ title, width }) => ' '.repeat(gap) + fit(title, width));
  return [{ text: titles.join(''), tone: 'strong' }];
}

/** One row; the selected one is marked by `>` as well as by its tone. */
export function rowLine(row: AddressRow, columns: readonly Column[], isSelected: boolean): Line {
  const cells = columns.flatMap(({ textOf, toneOf, width, keep }): Line => [
    { text: ' '.repeat(gap), tone: 'plain' },
    { text: fit(textOf(row), width, keep), tone: toneOf(row) },
  ]);
  if (!isSelected) return cells;
  const text = cells.map((cell) => cell.text).join('');
  return [{ text: `>${text.slice(1)}`, tone: 'selected' }];
}
