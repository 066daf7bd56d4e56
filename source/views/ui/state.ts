import type { AddressRow, ServiceReport } from '../../core/report.ts';
import { detailLines } from './detail-lines.ts';
import { helpLines } from './help-lines.ts';
import { bodyHeight, type Size } from './layout.ts';
import { noticesOf } from './notices.ts';
import { isDrifted, keepInView, shownRows, type Window } from './rows.ts';
import type { Line } from './text.ts';

/** The Service in words, for the header: `app=httpbin`, empty without a selector, and `http 80->8080`. */
export type Subject = { readonly selector: string; readonly ports: string };

/** Why the screen closed. */
export type LeaveReason = 'quit' | 'interrupt' | 'aborted';

/** What lies between notices and footer. Detail and help are pages of lines, `offset` the first one shown. */
export type View =
  | { readonly kind: 'table' }
  | { readonly kind: 'filter' }
  | { readonly kind: 'detail'; readonly address: string; readonly offset: number }
  | { readonly kind: 'help'; readonly over: View; readonly offset: number };

export type ViewKind = View['kind'];

export type State = Window & {
  /** The last one that could be read. */
  readonly report: ServiceReport;
  readonly subject: Subject | undefined;
  /** ms between two readings; undefined for a recording, of which there is nothing to read again. */
  readonly everyMs: number | undefined;
  /** ms since epoch, of the last tick. */
  readonly now: number;
  /** Why the last reading failed; undefined when it did not. */
  readonly error: string | undefined;
  readonly size: Size;
  readonly view: View;
  readonly filter: string;
  readonly driftOnly: boolean;
  /** The rows of the report that filter and driftOnly let through. */
  readonly rows: readonly AddressRow[];
  readonly leaving: LeaveReason | undefined;
};

export type Action =
  | { readonly kind: 'move'; readonly rows: number }
  | { readonly kind: 'page'; readonly pages: number }
  | { readonly kind: 'openFilter' | 'openDetail' | 'openHelp' | 'back' }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'erase' | 'eraseAll' | 'clearFilter' | 'toggleDrift' }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'read'; readonly report: ServiceReport }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'leave'; readonly reason: LeaveReason };

/** Rows of the table below its heading. */
export function tableHeight({ size, report, error }: State): number {
  return bodyHeight(size, noticesOf(report, error).length) - 1;
}

/** Lines of the page that lies over the table; none when none does. */
export function pageLines({ view, report, size }: State): readonly Line[] {
  switch (view.kind) {
    case 'detail':
      return detailLines(report, view.address, size.columns);
    case 'help':
      return helpLines(view.over.kind, size.columns);
    case 'table':
    case 'filter':
      return [];
  }
}

/** A page keeps its last line at the bottom; the table keeps its cursor on the screen. */
function settled(state: State): State {
  const { view } = state;
  const table = { ...state, ...keepInView(state, state.rows.length, tableHeight(state)) };
  if (view.kind === 'table' || view.kind === 'filter') return table;
  const last = Math.max(0, pageLines(state).length - tableHeight(state) - 1);
  return { ...table, view: { ...view, offset: Math.max(0, Math.min(view.offset, last)) } };
}

/** After a change of what is shown: the cursor stays on its address where it can. */
function refiltered(state: State): State {
  const address = state.rows[state.cursor]?.address;
  const rows = shownRows(state.report.addresses, state);
  const found = rows.findIndex((row) => row.address === address);
  return settled({ ...state, rows, cursor: found === -1 ? state.cursor : found });
}

function moved(state: State, by: number): State {
  const { view, cursor } = state;
  if (view.kind === 'table' || view.kind === 'filter') return settled({ ...state, cursor: cursor + by });
  return settled({ ...state, view: { ...view, offset: view.offset + by } });
}

function opened(state: State, kind: 'openFilter' | 'openDetail' | 'openHelp' | 'back'): State {
  switch (kind) {
    case 'openFilter':
      return { ...state, view: { kind: 'filter' } };
    case 'openDetail': {
      const row = state.rows[state.cursor];
      return row ? { ...state, view: { kind: 'detail', address: row.address, offset: 0 } } : state;
    }
    case 'openHelp':
      return { ...state, view: { kind: 'help', over: state.view, offset: 0 } };
    case 'back':
      return settled({ ...state, view: state.view.kind === 'help' ? state.view.over : { kind: 'table' } });
  }
}

/** The first screen: of the drifted rows where there are any. */
export function initialState(given: Pick<State, 'report' | 'subject' | 'everyMs' | 'now' | 'size'>): State {
  return refiltered({
    ...given,
    error: undefined,
    view: { kind: 'table' },
    filter: '',
    driftOnly: given.report.addresses.some(isDrifted),
    rows: [],
    cursor: 0,
    offset: 0,
    leaving: undefined,
  });
}

/** The screen after one thing happened. */
export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case 'move':
      return moved(state, action.rows);
    case 'page':
      return moved(state, action.pages * tableHeight(state));
    case 'openFilter':
    case 'openDetail':
    case 'openHelp':
    case 'back':
      return opened(state, action.kind);
    case 'type':
      return refiltered({ ...state, filter: state.filter + action.text });
    case 'erase':
      return refiltered({ ...state, filter: Array.from(state.filter).slice(0, -1).join('') });
    case 'eraseAll':
      return refiltered({ ...state, filter: '' });
    case 'clearFilter':
      return refiltered({ ...state, filter: '', view: { kind: 'table' } });
    case 'toggleDrift':
      return refiltered({ ...state, driftOnly: !state.driftOnly });
    case 'resize':
      return settled({ ...state, size: action.size });
    case 'tick':
      return { ...state, now: action.now };
    case 'read':
      return refiltered({ ...state, report: action.report, error: undefined });
    case 'failed':
      return settled({ ...state, error: action.error });
    case 'leave':
      return { ...state, leaving: action.reason };
  }
}
