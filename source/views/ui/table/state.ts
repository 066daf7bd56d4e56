import { keepInView, shownRows, type Choice, type Window } from './order.ts';
import type { Indices } from './ordered.ts';
import type { Rows, Table } from './table.ts';

/** A table with what the user chose to see of it. */
export type TableState = Choice &
  Window & {
    readonly table: Table;
    /** What the table was made of. */
    readonly source: object;
    /** The rows that are shown. */
    readonly shown: Indices;
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

/** The selected row in the same table, or in a newer one; -1 when it is not there. */
function selectedIn(table: Table, state: TableState): number {
  const selected = selectedIndex(state) ?? -1;
  return selected === -1 || table === state.table ? selected : table.indexOf(state.table.keyAt(selected));
}

/** The cursor stays on its row where it can. */
function chosen(state: TableState, table = state.table): TableState {
  const shown = shownRows(table, state);
  const position = shown.indexOf(selectedIn(table, state));
  return { ...state, table, shown, cursor: position === -1 ? state.cursor : position };
}

/** The first look at a table. */
export function openTable({ source, table: make }: Rows): TableState {
  const table = make();
  const opened = (driftOnly: boolean): TableState => {
    const choice: Choice = { filter: '', driftOnly, sort: undefined };
    return { ...choice, table, source, shown: shownRows(table, choice), cursor: 0, offset: 0 };
  };
  const drifted = table.opensOnDrift ? opened(true) : undefined;
  return drifted && drifted.shown.length > 0 ? drifted : opened(false);
}

/** The same choice of newer rows. */
export function withRows(state: TableState, { source, table: make }: Rows): TableState {
  if (state.source === source) return state;
  return chosen({ ...state, source }, make());
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
