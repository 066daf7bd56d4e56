import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { actionOf, bindingsOf, keyNames, pasteAction } from '../../../source/views/ui/keys.ts';
import { truncatedReport } from '../../helpers/report.ts';
import { press, start, worldOf } from '../../helpers/screen.tsx';

const none: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

describe('names of keys', () => {
  test.each([
    ['', { downArrow: true }, ['down']],
    ['', { pageUp: true }, ['pageup']],
    ['', { escape: true }, ['escape']],
    ['', { tab: true }, ['tab']],
    ['', { tab: true, shift: true }, ['shift-tab']],
    ['\r', { return: true }, ['enter']],
    ['c', { ctrl: true }, ['ctrl-c']],
    ['G', { shift: true }, ['G']],
    ['jjj', {}, ['j', 'j', 'j']],
    ['q\t', {}, ['q', 'tab']],
    ['foo\r', {}, ['f', 'o', 'o', 'enter']],
    ['\u0006\u0006', {}, ['ctrl-f', 'ctrl-f']],
    ['q', { meta: true }, ['escape', 'q']],
  ])('%j with %o is %j', (input, pressed, names) => {
    expect(keyNames(input, { ...none, ...pressed })).toEqual(names);
  });
});

const world = worldOf(truncatedReport(1100));
const table = start(world, '80x24');
const states = {
  table,
  filter: press(table, '/'),
  detail: press(table, 'enter'),
  json: press(table, 'y'),
  help: press(table, '?'),
  recording: start(world, '80x24', { isLive: false }),
  list: start(world, '80x24', { hasList: true }),
  service: press(start(world, '80x24', { hasList: true }), 'enter'),
  filtered: press(table, '/', 'x', 'enter'),
  slices: press(table, 'tab', 'tab'),
};

describe('actions of keys', () => {
  test.each([
    ['table', 'q', { kind: 'leave', reason: 'quit' }],
    ['table', 'ctrl-z', { kind: 'toggleDrift' }],
    ['table', 'l', { kind: 'openDetail' }],
    ['table', 'tab', { kind: 'tab', by: 1 }],
    ['table', 'shift-tab', { kind: 'tab', by: -1 }],
    ['table', 'N', { kind: 'sort', letter: 'N' }],
    ['table', 'G', { kind: 'move', rows: Infinity }],
    ['table', 'p', { kind: 'pause' }],
    ['table', 'y', { kind: 'openJson' }],
    ['table', 'c', { kind: 'copy' }],
    ['table', 'ctrl-s', { kind: 'save' }],
    ['table', 'x', undefined],
    ['table', 'escape', undefined],
    ['filtered', 'escape', { kind: 'clearFilter' }],
    ['recording', 'p', undefined],
    ['slices', 'z', undefined],
    ['slices', 'M', { kind: 'sort', letter: 'M' }],
    ['list', 'tab', undefined],
    ['list', 'q', { kind: 'leave', reason: 'quit' }],
    ['service', 'q', { kind: 'back' }],
    ['service', 'escape', { kind: 'back' }],
    ['filter', 'q', { kind: 'type', text: 'q' }],
    ['filter', '?', { kind: 'type', text: '?' }],
    ['filter', 'N', { kind: 'type', text: 'N' }],
    ['filter', 'enter', { kind: 'keepFilter' }],
    ['filter', 'left', undefined],
    ['detail', 'q', { kind: 'back' }],
    ['detail', '/', undefined],
    ['json', 'c', { kind: 'copy' }],
    ['help', 'escape', { kind: 'back' }],
  ] as const)('in the %s, %s does %o', (name, key, action) => {
    expect(actionOf(states[name], key)).toEqual(action);
  });

  test('ctrl-C interrupts everywhere', () => {
    for (const [name, state] of Object.entries(states)) {
      expect(actionOf(state, 'ctrl-c'), name).toEqual({ kind: 'leave', reason: 'interrupt' });
    }
  });

  test('no key is bound twice in one place', () => {
    const tabs = Array.from({ length: 6 }, (_, count) => press(table, ...Array<string>(count).fill('tab')));
    for (const state of [...Object.values(states), ...tabs]) {
      const keys = bindingsOf(state).flatMap((binding) => binding.keys);
      expect(
        keys.filter((key, index) => keys.indexOf(key) !== index),
        state.view.place,
      ).toEqual([]);
    }
  });
});

test('pasted text is typed into the filter and does nothing elsewhere', () => {
  expect(pasteAction(states.filter, 'node-3\nq')).toEqual({ kind: 'type', text: 'node-3 q' });
  expect(pasteAction(table, 'q')).toBeUndefined();
});
