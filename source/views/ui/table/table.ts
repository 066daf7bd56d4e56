import type { ColumnSpec } from '../layout.ts';
import { textWidth, type Line, type Tone } from '../text.ts';
import { orderings, type Indices, type Ordering } from './ordered.ts';
import { ranksOf, type Ranks } from './ranks.ts';

/** One column of a table, as its tab declares it. */
export type ColumnOf<Row> = {
  readonly title: string;
  /** In upper case: the key that sorts by it, where there is one. */
  readonly letter?: string;
  /** `now` is in ms since epoch, for ages. */
  readonly textOf: (row: Row, now: number) => string;
  readonly toneOf?: (row: Row) => Tone;
  /** What it sorts by, where that is not its text; `index` is the row's place in the table's own order. */
  readonly orderOf?: (row: Row, index: number) => number | string;
  /** Of a column whose text changes with time: nothing is measured then. */
  readonly width?: number;
  /** As {@link ColumnSpec}; the widest value unless given. */
  readonly narrowest?: number;
  /** As {@link ColumnSpec}; 0 unless given. */
  readonly rank?: number;
  /** The end of a long value that is kept: the last letters tell the pods of a Deployment apart. */
  readonly keep?: 'start' | 'end';
};

/** A table as its tab declares it; the screen itself knows only the {@link Table} made of it. */
export type TableOf<Row> = {
  readonly rows: readonly Row[];
  readonly columns: readonly ColumnOf<Row>[];
  /** Tells a row apart from all others, and finds it again after a change. */
  readonly keyOf: (row: Row) => string;
  /** What `z` shows alone; without it there is no such key. */
  readonly isDrifted?: (row: Row) => boolean;
  /** The first look is at what has drifted, where something has. */
  readonly opensOnDrift?: boolean;
  /** What the terms of a filter look at, as `pod:`; the whole row is always looked at. */
  readonly fields: Readonly<Record<string, Field<Row>>>;
  /** Everything known of a row, in lines of at most `width` columns. */
  readonly linesOf: (row: Row, width: number) => readonly Line[];
  /** The row as JSON; unless given the row itself. */
  readonly jsonOf?: (row: Row) => unknown;
  /** Why there is no row at all. */
  readonly emptyWords: string;
};

type FieldWords = {
  /** For the help. */
  readonly meaning: string;
  /** The pattern must match the whole text: `endpoints` is not `EndpointSlices`. */
  readonly isWhole?: boolean;
};

export type Field<Row> = FieldWords & { readonly textsOf: (row: Row) => readonly string[] };

export type Column = ColumnSpec & {
  readonly title: string;
  readonly letter: string;
  readonly keep: 'start' | 'end';
  readonly textAt: (index: number, now: number) => string;
  readonly toneAt: (index: number) => Tone;
  /** Of the rows, to sort by; made when first asked for. */
  readonly ranks: () => Ranks;
};

/** A table that is made only when its source is another one. */
export type Rows = { readonly source: object; readonly table: () => Table };

/** Rows known by their index alone: what they are is the business of their tab. */
export type Table = {
  readonly count: number;
  /** Measured when first asked for. */
  readonly columns: () => readonly Column[];
  readonly letters: readonly { readonly letter: string; readonly title: string }[];
  readonly keyAt: (index: number) => string;
  /** -1 when there is no such row. */
  readonly indexOf: (key: string) => number;
  readonly isDriftedAt: ((index: number) => boolean) | undefined;
  readonly opensOnDrift: boolean;
  /** All rows, or those that have drifted. */
  readonly ordered: (ordering: Ordering) => Indices;
  /** All that the table says of a row, for filters. */
  readonly wholeAt: (index: number) => string;
  readonly fields: Readonly<Record<string, FieldAt>>;
  readonly linesAt: (index: number, width: number) => readonly Line[];
  readonly jsonAt: (index: number) => unknown;
  readonly emptyWords: string;
};

type FieldAt = FieldWords & { readonly textsAt: (index: number) => readonly string[] };

function widest<Row>(rows: readonly Row[], { title, textOf, width }: ColumnOf<Row>): number {
  if (width !== undefined) return width;
  let most = title.length;
  let last = '';
  for (const row of rows) {
    const text = textOf(row, 0);
    // No text is wider than twice its length, and many a row says what the one above it does.
    if (text !== last && text.length * 2 > most) most = Math.max(most, textWidth(text));
    last = text;
  }
  return most;
}

/** Made once, when first asked for. */
function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function columnAt<Row>(rows: readonly Row[], column: ColumnOf<Row>, at: (index: number) => Row): Column {
  const { title, letter = '', textOf, toneOf = () => 'plain', keep = 'start', rank = 0 } = column;
  const width = widest(rows, column);
  const { orderOf = (row: Row) => textOf(row, 0) } = column;
  return {
    title,
    letter,
    keep,
    rank,
    width,
    narrowest: Math.min(width, column.narrowest ?? width),
    textAt: (index, now) => textOf(at(index), now),
    toneAt: (index) => toneOf(at(index)),
    ranks: lazy(() => ranksOf(rows.map(orderOf))),
  };
}

/** The table that a tab declares, as the screen sees it. Nothing is done for a row before it is asked for. */
export function tableOf<Row>(given: TableOf<Row>): Table {
  const { rows, columns, keyOf, isDrifted, fields, linesOf } = given;
  const { jsonOf = (row: Row): unknown => row } = given;
  const at = (index: number): Row => {
    const row = rows[index];
    if (row === undefined) throw new RangeError(`no row ${index}`);
    return row;
  };
  const wholes: (string | undefined)[] = [];
  const allColumns = lazy(() => columns.map((column) => columnAt(rows, column, at)));
  const isDriftedAt = isDrifted && ((index: number) => isDrifted(at(index)));
  return {
    count: rows.length,
    columns: allColumns,
    letters: columns.flatMap(({ letter, title }) => (letter === undefined ? [] : { letter, title })),
    keyAt: (index) => keyOf(at(index)),
    indexOf: (key) => rows.findIndex((row) => keyOf(row) === key),
    isDriftedAt,
    opensOnDrift: given.opensOnDrift ?? false,
    ordered: orderings({
      count: rows.length,
      ranksBy: (wanted) =>
        allColumns()
          .find(({ letter }) => letter === wanted)
          ?.ranks(),
      isDriftedAt,
    }),
    wholeAt: (index) => (wholes[index] ??= columns.map(({ textOf }) => textOf(at(index), 0)).join('  ')),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, { textsOf, ...field }]) => [
        name,
        { ...field, textsAt: (index: number) => textsOf(at(index)) },
      ]),
    ),
    linesAt: (index, width) => linesOf(at(index), width),
    jsonAt: (index) => jsonOf(at(index)),
    emptyWords: given.emptyWords,
  };
}
