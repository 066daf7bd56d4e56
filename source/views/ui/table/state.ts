import { keepInView, shownRows, type Choice, type Window } from './order.ts';
import type { Rows, Table } from './table.ts';

/** A table with what the user chose to see of it. */
export type TableState = Choice &
  Window & {
    readonly table: Table;
    /** What the table was made of. */
    readonly source: object;
    /** The rows that are shown, by index. */
    readonly shown: readonly number[];
  };

/** What may happen to a table. */
export type TableAction =
  | { readonly kind: 'move'; readonly rows: number }
  | { readonly kind: 'page'; readonly pages: number }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'erase' | 'eraseAll' | 'toggleDrift' }
  | { readonly kind: 'sort'; readonly letter: string };

/** Index of the selected row; undefined when none is shown. */
export function selectedIndex({ shown, cursor }: TableState): number | undefined {
  return shown[cursor];
}

/** The cursor stays on its row where it can. */
function chosen(state: TableState, table: Table = state.table): TableState {
  const selected = selectedIndex(state);
  const shown = shownRows(table, state);
  const index = selected === undefined ? -1 : table.indexOf(state.table.keyAt(selected));
  const position = index === -1 ? -1 : shown.indexOf(index);
  return { ...state, table, shown, cursor: position === -1 ? state.cursor : position };
}

/** The first look at a table. */
export function openTable({ source, table: make }: Rows): TableState {
  const table = make();
  const all: Choice = { filter: '', driftOnly: false, sort: undefined };
  const drifted = { ...all, driftOnly: true };
  const choice = table.opensOnDrift && shownRows(table, drifted).length > 0 ? drifted : all;
  return { ...choice, table, source, shown: shownRows(table, choice), cursor: 0, offset: 0 };
}

/** The same choice of newer rows. */
export function withRows(state: TableState, { source, table }: Rows): TableState {
  return state.source === source ? state : chosen({ ...state, source }, table());
}

/** The table drawn `height` rows high. */
export function fitted(state: TableState, height: number): TableState {
  return { ...state, ...keepInView(state, state.shown.length, height) };
}

/** Sorting by the same column again turns the order around. */
function sorted(state: TableState, letter: string): TableState {
  const isDescending = state.sort?.letter === letter && !state.sort.isDescending;
  return chosen({ ...state, sort: { letter, isDescending } });
}

/** The table after one key; `height` is that of its rows on the screen. */
export function reduceTable(state: TableState, action: TableAction, height: number): TableState {
  switch (action.kind) {
    case 'move':
      return { ...state, cursor: state.cursor + action.rows };
    case 'page':
      return { ...state, cursor: state.cursor + action.pages * height };
    case 'type':
      return chosen({ ...state, filter: state.filter + action.text });
    case 'erase':
      return chosen({ ...state, filter: Array.from(state.filter).slice(0, -1).join('') });
    case 'eraseAll':
      return chosen({ ...state, filter: '' });
    case 'toggleDrift':
      return chosen({ ...state, driftOnly: !state.driftOnly });
    case 'sort':
      return sorted(state, action.letter);
  }
}
