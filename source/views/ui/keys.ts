import type { Key } from 'ink';
import type { Action, State } from './state.ts';

/** One thing a key does; the footer and the help are drawn from these. */
export type Binding = {
  /** Names as {@link keyNames} gives them. */
  readonly keys: readonly string[];
  /** What the help says of it. */
  readonly meaning: string;
  /** What the footer says of it; without one the footer is silent. */
  readonly short?: string;
  readonly action: Action;
};

const everywhere: readonly Binding[] = [
  {
    keys: ['ctrl-c'],
    meaning: 'leave at once, exit code 130',
    action: { kind: 'leave', reason: 'interrupt' },
  },
];

const paging: readonly Binding[] = [
  { keys: ['pagedown', 'ctrl-f'], meaning: 'one page down', action: { kind: 'page', pages: 1 } },
  { keys: ['pageup', 'ctrl-b'], meaning: 'one page up', action: { kind: 'page', pages: -1 } },
];

const scrolling: readonly Binding[] = [
  { keys: ['down', 'j'], meaning: 'one row down', action: { kind: 'move', rows: 1 } },
  { keys: ['up', 'k'], meaning: 'one row up', action: { kind: 'move', rows: -1 } },
  ...paging,
  { keys: ['home', 'g'], meaning: 'to the first row', action: { kind: 'move', rows: -Infinity } },
  { keys: ['end', 'G'], meaning: 'to the last row', action: { kind: 'move', rows: Infinity } },
];

const copy: Binding = {
  keys: ['c'],
  meaning: 'copy it to the clipboard (OSC 52)',
  action: { kind: 'copy' },
};

const help: Binding = {
  keys: ['?'],
  meaning: 'the keys that work here',
  short: 'keys',
  action: { kind: 'openHelp' },
};

const quit: Binding = {
  keys: ['q'],
  meaning: 'quit',
  short: 'quit',
  action: { kind: 'leave', reason: 'quit' },
};

const clear: Binding = { keys: ['escape'], meaning: 'clear the filter', action: { kind: 'clearFilter' } };

/** From a Service to the list that it was opened from. */
const back: Binding = {
  keys: ['q'],
  meaning: 'back to the Services',
  short: 'back',
  action: { kind: 'back' },
};

const tabbing: readonly Binding[] = [
  { keys: ['tab'], meaning: 'the next tab', short: 'view', action: { kind: 'tab', by: 1 } },
  { keys: ['shift-tab'], meaning: 'the tab before', action: { kind: 'tab', by: -1 } },
];

const drift: Binding = {
  keys: ['z', 'ctrl-z'],
  meaning: 'only rows with a fault, or all rows',
  short: 'drift',
  action: { kind: 'toggleDrift' },
};

function pause({ pause: paused }: State): Binding {
  const meaning = paused
    ? 'go on with what has come meanwhile'
    : 'pause: nothing moves until p is pressed again';
  return { keys: ['p'], meaning, ...(paused && { short: 'go on' }), action: { kind: 'pause' } };
}

function sorting({ table: { table } }: State): readonly Binding[] {
  return table.letters.map(({ letter, title }) => ({
    keys: [letter],
    meaning: title,
    action: { kind: 'sort', letter },
  }));
}

function onRow({ view }: State): readonly Binding[] {
  const isList = view.place === 'services';
  return [
    {
      keys: ['enter', 'right', 'l'],
      meaning: isList ? 'open the selected Service' : 'everything known of the selected row',
      short: isList ? 'open' : 'detail',
      action: { kind: 'openDetail' },
    },
    { keys: ['y'], meaning: 'the selected row as JSON', action: { kind: 'openJson' } },
    copy,
  ];
}

function leaving({ view, hasList, table: { filter } }: State): readonly Binding[] {
  if (!hasList || view.place === 'services') return filter === '' ? [quit] : [clear, quit];
  return filter === '' ? [{ ...back, keys: ['escape', 'q'] }] : [clear, back];
}

function inTable(state: State): readonly Binding[] {
  const { table, view, isLive } = state;
  return [
    { keys: ['/'], meaning: 'filter the rows', short: 'filter', action: { kind: 'openFilter' } },
    ...(table.table.isDriftedAt ? [drift] : []),
    ...(view.place === 'services' ? [] : tabbing),
    ...onRow(state),
    ...scrolling,
    { keys: ['ctrl-s'], meaning: 'save all rows as CSV, in a new file', action: { kind: 'save' } },
    ...(isLive ? [pause(state)] : []),
    help,
    ...leaving(state),
    ...everywhere,
    ...sorting(state),
  ];
}

const inFilter: readonly Binding[] = [
  { keys: ['enter'], meaning: 'keep the filter', short: 'keep', action: { kind: 'keepFilter' } },
  { keys: ['escape'], meaning: 'clear the filter', short: 'clear', action: { kind: 'clearFilter' } },
  { keys: ['backspace', 'delete', 'ctrl-h'], meaning: 'erase one character', action: { kind: 'erase' } },
  { keys: ['ctrl-u'], meaning: 'erase the whole line', action: { kind: 'eraseAll' } },
  { keys: ['down'], meaning: 'one row down', action: { kind: 'move', rows: 1 } },
  { keys: ['up'], meaning: 'one row up', action: { kind: 'move', rows: -1 } },
  ...paging,
  ...everywhere,
];

const inPage: readonly Binding[] = [
  {
    keys: ['escape', 'q', 'left', 'h'],
    meaning: 'back to the rows',
    short: 'back',
    action: { kind: 'back' },
  },
  { ...copy, short: 'copy' },
  ...scrolling,
  help,
  ...everywhere,
];

const inHelp: readonly Binding[] = [
  { keys: ['escape', 'q', '?'], meaning: 'back', short: 'back', action: { kind: 'back' } },
  ...scrolling,
  ...everywhere,
];

/** The keys that work at this moment, and no others. */
export function bindingsOf(state: State): readonly Binding[] {
  switch (state.mode.kind) {
    case 'table':
      return inTable(state);
    case 'filter':
      return inFilter;
    case 'detail':
    case 'json':
      return inPage;
    case 'help':
      return inHelp;
  }
}

/** How a key is written for people. */
export function keyLabel(name: string): string {
  const labels: Readonly<Record<string, string>> = { escape: 'esc', pagedown: 'PgDn', pageup: 'PgUp' };
  return labels[name] ?? name;
}

function characterName(character: string): string {
  if (character === '\r' || character === '\n') return 'enter';
  if (character === '\t') return 'tab';
  const code = character.charCodeAt(0);
  return code < 0x20 ? `ctrl-${String.fromCharCode(code + 0x60)}` : character;
}

/** The keys in one event of Ink, which puts what arrived together into one `input`. */
export function keyNames(input: string, key: Key): readonly string[] {
  const named: readonly (readonly [string, boolean])[] = [
    ['up', key.upArrow],
    ['down', key.downArrow],
    ['left', key.leftArrow],
    ['right', key.rightArrow],
    ['pageup', key.pageUp],
    ['pagedown', key.pageDown],
    ['home', key.home],
    ['end', key.end],
    ['escape', key.escape],
    ['shift-tab', key.tab && key.shift],
    ['tab', key.tab],
    ['backspace', key.backspace],
    ['delete', key.delete],
  ];
  const name = named.find(([, isPressed]) => isPressed)?.[0];
  if (name !== undefined) return [name];
  const typed = key.ctrl ? [`ctrl-${input}`] : Array.from(input, characterName);
  // A terminal cannot tell alt-x from escape and x typed at once; alt is bound to nothing here.
  return key.meta ? ['escape', ...typed] : typed;
}

/** What the key does now; in the filter, a character without a binding is typed. */
export function actionOf(state: State, name: string): Action | undefined {
  const bound = bindingsOf(state).find(({ keys }) => keys.includes(name));
  if (bound) return bound.action;
  const isText = Array.from(name).length === 1;
  return state.mode.kind === 'filter' && isText ? { kind: 'type', text: name } : undefined;
}

/** Pasted text goes into the filter on one line; elsewhere it must not act as keys. */
export function pasteAction({ mode }: State, text: string): Action | undefined {
  return mode.kind === 'filter' ? { kind: 'type', text: text.replace(/\s+/g, ' ') } : undefined;
}
