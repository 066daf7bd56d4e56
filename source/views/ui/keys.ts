import type { Key } from 'ink';
import type { Action, ViewKind } from './state.ts';

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

const help: Binding = {
  keys: ['?'],
  meaning: 'the keys of this view',
  short: 'keys',
  action: { kind: 'openHelp' },
};

const table: readonly Binding[] = [
  { keys: ['/'], meaning: 'filter the rows', short: 'filter', action: { kind: 'openFilter' } },
  {
    keys: ['z', 'ctrl-z'],
    meaning: 'drifted rows only, or all rows',
    short: 'drift',
    action: { kind: 'toggleDrift' },
  },
  {
    keys: ['enter', 'right', 'l'],
    meaning: 'everything known of the selected row',
    short: 'detail',
    action: { kind: 'openDetail' },
  },
  ...scrolling,
  { keys: ['escape'], meaning: 'clear the filter', action: { kind: 'clearFilter' } },
  help,
  { keys: ['q'], meaning: 'quit', short: 'quit', action: { kind: 'leave', reason: 'quit' } },
  ...everywhere,
];

const filter: readonly Binding[] = [
  { keys: ['enter'], meaning: 'keep the filter', short: 'keep', action: { kind: 'back' } },
  { keys: ['escape'], meaning: 'clear the filter', short: 'clear', action: { kind: 'clearFilter' } },
  { keys: ['backspace', 'delete', 'ctrl-h'], meaning: 'erase one character', action: { kind: 'erase' } },
  { keys: ['ctrl-u'], meaning: 'erase the whole line', action: { kind: 'eraseAll' } },
  { keys: ['down'], meaning: 'one row down', action: { kind: 'move', rows: 1 } },
  { keys: ['up'], meaning: 'one row up', action: { kind: 'move', rows: -1 } },
  ...paging,
  ...everywhere,
];

const detail: readonly Binding[] = [
  {
    keys: ['escape', 'q', 'left', 'h'],
    meaning: 'back to the rows',
    short: 'back',
    action: { kind: 'back' },
  },
  ...scrolling,
  help,
  ...everywhere,
];

const helpKeys: readonly Binding[] = [
  { keys: ['escape', 'q', '?'], meaning: 'back', short: 'back', action: { kind: 'back' } },
  ...scrolling,
  ...everywhere,
];

/** The keys that work in each view. */
export const bindings: Readonly<Record<ViewKind, readonly Binding[]>> = {
  table,
  filter,
  detail,
  help: helpKeys,
};

/** How a key is written for people. */
export function keyLabel(name: string): string {
  const labels: Readonly<Record<string, string>> = { escape: 'esc', pagedown: 'PgDn', pageup: 'PgUp' };
  return labels[name] ?? name;
}

function characterName(character: string): string {
  if (character === '\r' || character === '\n') return 'enter';
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
    ['backspace', key.backspace],
    ['delete', key.delete],
  ];
  const name = named.find(([, isPressed]) => isPressed)?.[0];
  if (name !== undefined) return [name];
  const typed = key.ctrl ? [`ctrl-${input}`] : Array.from(input, characterName);
  // A terminal cannot tell alt-x from escape and x typed at once; alt is bound to nothing here.
  return key.meta ? ['escape', ...typed] : typed;
}

/** What the key does in the view; in the filter, a character without a binding is typed. */
export function actionOf(view: ViewKind, name: string): Action | undefined {
  const bound = bindings[view].find(({ keys }) => keys.includes(name));
  if (bound) return bound.action;
  const isText = Array.from(name).length === 1;
  return view === 'filter' && isText ? { kind: 'type', text: name } : undefined;
}

/** Pasted text goes into the filter on one line; elsewhere it must not act as keys. */
export function pasteAction(view: ViewKind, text: string): Action | undefined {
  return view === 'filter' ? { kind: 'type', text: text.replace(/\s+/g, ' ') } : undefined;
}
