import { heard, togglePause } from './live/observe.ts';
import { openPage, rewritten, scrolled } from './pages.ts';
import {
  goTo,
  inView,
  openedOf,
  pageHeight,
  refreshed,
  tableHeight,
  type Action,
  type News,
  type Press,
  type State,
} from './state.ts';
import { reduceTable, selectedIndex, type TableAction } from './table/state.ts';
import { tabs } from './tabs.ts';

/** A page scrolls by lines, the table by rows; nothing else is done to a page. */
function onRows(state: State, action: TableAction): State {
  const { mode, table } = state;
  if (mode.kind === 'table' || mode.kind === 'filter') {
    return inView({ ...state, table: reduceTable(table, action, tableHeight(state)) });
  }
  switch (action.kind) {
    case 'move':
      return scrolled(state, mode, action.rows);
    case 'page':
      return scrolled(state, mode, action.pages * pageHeight(state));
    case 'type':
    case 'erase':
    case 'eraseAll':
    case 'toggleDrift':
    case 'sort':
      return state;
  }
}

/** Of a Service in the list, its tabs; of all else, a page. */
function opened(state: State): State {
  const index = selectedIndex(state.table);
  if (index === undefined || state.view.place !== 'services') return openPage(state, 'detail');
  const service = openedOf(state.world, state.table.table.keyAt(index), state.isLive);
  if (!service) return state;
  const { services } = state.others;
  const others = services ? { services } : {};
  return goTo({ ...state, others }, { place: 'addresses', opened: service });
}

function tabbed(state: State, by: number): State {
  const { view } = state;
  if (view.place === 'services') return state;
  const place = tabs[(tabs.indexOf(view.place) + by + tabs.length) % tabs.length] ?? 'addresses';
  return goTo(state, { ...view, place });
}

/** One step back: from a page to what it lies over, from a Service to the list. */
function back(state: State): State {
  const { mode, view } = state;
  if (mode.kind === 'help') return rewritten({ ...state, mode: mode.over });
  if (mode.kind !== 'table') return inView({ ...state, mode: { kind: 'table' } });
  return state.hasList && view.place !== 'services' ? goTo(state, { place: 'services' }) : state;
}

function inMode(state: State, kind: 'table' | 'filter'): State {
  return inView({ ...state, mode: { kind } });
}

function cleared(state: State): State {
  const table = reduceTable(state.table, { kind: 'eraseAll' }, tableHeight(state));
  return inView({ ...state, table, mode: { kind: 'table' } });
}

function withEvents(state: State, { name, events }: Extract<News, { readonly kind: 'events' }>): State {
  const { view } = state;
  if (view.place === 'services' || view.opened.name !== name) return state;
  return rewritten(refreshed(state, { ...view, opened: { ...view.opened, events } }));
}

function afterPress(state: State, action: Press): State {
  switch (action.kind) {
    case 'move':
    case 'page':
    case 'type':
    case 'erase':
    case 'eraseAll':
    case 'toggleDrift':
    case 'sort':
      return onRows(state, action);
    case 'openFilter':
      return inMode(state, 'filter');
    case 'keepFilter':
      return inMode(state, 'table');
    case 'clearFilter':
      return cleared(state);
    case 'openDetail':
      return opened(state);
    case 'openJson':
      return openPage(state, 'json');
    case 'openHelp':
      return openPage(state, 'help');
    case 'back':
      return back(state);
    case 'tab':
      return tabbed(state, action.by);
    case 'pause':
      return rewritten(togglePause(state));
    case 'copy':
    case 'save':
      return state;
    case 'leave':
      return { ...state, leaving: action.reason };
  }
}

function afterNews(state: State, news: News): State {
  switch (news.kind) {
    case 'observed':
      return rewritten(heard(state, news));
    case 'events':
      return withEvents(state, news);
    case 'resize':
      return rewritten(inView({ ...state, size: news.size }));
    case 'tick':
      return { ...state, now: news.now };
    case 'failed':
      return inView({ ...state, error: news.error });
    case 'say':
      return { ...state, message: news.text };
  }
}

const newsKinds: readonly News['kind'][] = ['observed', 'events', 'resize', 'tick', 'failed', 'say'];

function isNews(action: Action): action is News {
  return newsKinds.some((kind) => kind === action.kind);
}

/** The screen after one thing happened. A message stays until the next key. */
export function reduce(state: State, action: Action): State {
  if (isNews(action)) return afterNews(state, action);
  return afterPress(state.message === undefined ? state : { ...state, message: undefined }, action);
}
