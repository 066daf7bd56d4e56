import type { ServiceReport } from '../../core/report.ts';
import { bodyHeight, type Size } from './layout.ts';
import { fullName } from '../../core/kubernetes.ts';
import { modelOf, type World } from './model.ts';
import { noticesOf } from './notices.ts';
import { serviceTable } from './services/table.ts';
import { fitted, openTable, withRows, type TableAction, type TableState } from './table/state.ts';
import { tableOf, type Rows } from './table/table.ts';
import { rowsOfTab, type Opened, type Tab } from './tabs.ts';
import type { Events } from './events/table.ts';
import type { Line } from './text.ts';

/** Why the screen closed. */
export type LeaveReason = 'quit' | 'interrupt' | 'aborted';

/** The list of Services, or one tab of the one that is open. */
export type View = { readonly place: 'services' } | { readonly place: Tab; readonly opened: Opened };

export type Place = View['place'];

/** What lies between notices and footer: the table, or a page of lines of which `offset` is the first one shown. */
export type Mode =
  | { readonly kind: 'table' }
  | { readonly kind: 'filter' }
  | ({ readonly kind: 'detail' | 'json'; readonly key: string } & Lines)
  | ({ readonly kind: 'help'; readonly over: Mode } & Lines);

type Lines = { readonly lines: readonly Line[]; readonly offset: number };

/** A moment that the cluster was in. */
export type Observed = {
  readonly kind: 'observed';
  readonly world: World;
  /** ms since epoch: when it reached the screen. */
  readonly now: number;
};

/** What comes while nothing moves is kept: the last moment, and how many there were. */
type Pause = {
  readonly since: number;
  readonly held: Observed | undefined;
  readonly count: number;
};

export type State = {
  readonly size: Size;
  /** ms since epoch, of the last tick or moment. */
  readonly now: number;
  /** False for a recording, of which nothing new will come. */
  readonly isLive: boolean;
  readonly world: World;
  /** ms since epoch: when the last moment came, paused or not. */
  readonly heardAt: number;
  /** Why no moments come any more; undefined while they do. */
  readonly error: string | undefined;
  /** Whether the list of Services lies behind the Service that is open. */
  readonly hasList: boolean;
  readonly view: View;
  /** Of the view; those of other places wait in `others`. */
  readonly table: TableState;
  readonly others: Readonly<Partial<Record<Place, TableState>>>;
  readonly mode: Mode;
  /** ms since epoch when a row last changed, by place and key. */
  readonly flashes: ReadonlyMap<string, number>;
  readonly pause: Pause | undefined;
  /** What the last key did, where the screen does not show it. */
  readonly message: string | undefined;
  readonly leaving: LeaveReason | undefined;
};

/** What a key does. */
export type Press =
  | TableAction
  | { readonly kind: 'openFilter' | 'openDetail' | 'openJson' | 'openHelp' }
  | { readonly kind: 'keepFilter' | 'clearFilter' | 'back' | 'pause' | 'copy' | 'save' }
  | { readonly kind: 'tab'; readonly by: 1 | -1 }
  | { readonly kind: 'leave'; readonly reason: LeaveReason };

/** What comes from outside. */
export type News =
  | Observed
  | { readonly kind: 'say'; readonly text: string }
  /** `name`: of the Service, which may no longer be the one that is open. */
  | { readonly kind: 'events'; readonly name: string; readonly events: Events }
  | { readonly kind: 'resize'; readonly size: Size }
  | { readonly kind: 'tick'; readonly now: number }
  | { readonly kind: 'failed'; readonly error: string };

export type Action = Press | News;

/** Rows of the table below its heading. */
export function tableHeight(state: State): number {
  return bodyHeight(state.size, noticesOf(state).length) - 1;
}

/** Lines of a page: it needs no heading. */
export function pageHeight(state: State): number {
  return tableHeight(state) + 1;
}

/** The rows of a view as they are now. */
function rowsOf(view: View, world: World): Rows {
  return view.place === 'services'
    ? { source: world, table: () => tableOf(serviceTable(world)) }
    : rowsOfTab(view.place, view.opened);
}

/** The cursor stays on the screen. */
export function inView(state: State): State {
  return { ...state, table: fitted(state.table, tableHeight(state)) };
}

/** The same view of newer data. */
export function refreshed(state: State, view: View = state.view): State {
  return inView({ ...state, view, table: withRows(state.table, rowsOf(view, state.world)) });
}

/** Another place, with what was chosen there before. */
export function goTo(state: State, view: View): State {
  const others = { ...state.others, [state.view.place]: state.table };
  const rows = rowsOf(view, state.world);
  const known = others[view.place];
  const table = known ? withRows(known, rows) : openTable(rows);
  return inView({ ...state, view, others, table, mode: { kind: 'table' } });
}

/** What a Service looks like when it has just been opened. */
export function openedOf(world: World, name: string, isLive: boolean): Opened | undefined {
  const model = modelOf(world, name);
  const events: Events = { state: isLive ? 'Unasked' : 'Unavailable' };
  return model && { name, model, isGone: false, timeline: [], events };
}

/** Of all Services in a list, else of the one that is open, as it was last seen. */
export function reportsOf({ hasList, view, world }: State): readonly ServiceReport[] {
  return hasList || view.place === 'services'
    ? world.services.map(({ report }) => report)
    : [view.opened.model.report];
}

export type Start = Pick<State, 'size' | 'now' | 'isLive' | 'world' | 'hasList'>;

/** The first screen: the list of Services, or the one Service there is. */
export function initialState(start: Start): State {
  const { world, isLive, hasList, now } = start;
  const [first] = world.services;
  const opened = first && !hasList ? openedOf(world, fullName(first.service), isLive) : undefined;
  const view: View = opened ? { place: 'addresses', opened } : { place: 'services' };
  return inView({
    ...start,
    view,
    table: openTable(rowsOf(view, world)),
    others: {},
    heardAt: now,
    error: undefined,
    mode: { kind: 'table' },
    flashes: new Map(),
    pause: undefined,
    message: undefined,
    leaving: undefined,
  });
}
