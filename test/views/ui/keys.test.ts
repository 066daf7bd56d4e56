import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { actionOf, bindings, keyNames, pasteAction } from '../../../source/views/ui/keys.ts';

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
    ['\r', { return: true }, ['enter']],
    ['c', { ctrl: true }, ['ctrl-c']],
    ['G', { shift: true }, ['G']],
    ['jjj', {}, ['j', 'j', 'j']],
    ['foo\r', {}, ['f', 'o', 'o', 'enter']],
    ['\u0006\u0006', {}, ['ctrl-f', 'ctrl-f']],
    ['q', { meta: true }, ['escape', 'q']],
  ])('%j with %o is %j', (input, pressed, names) => {
    expect(keyNames(input, { ...none, ...pressed })).toEqual(names);
  });
});

describe('actions of keys', () => {
  test.each([
    ['table', 'q', { kind: 'leave', reason: 'quit' }],
    ['table', 'ctrl-z', { kind: 'toggleDrift' }],
    ['table', 'l', { kind: 'openDetail' }],
    ['table', 'x', undefined],
    ['filter', 'q', { kind: 'type', text: 'q' }],
    ['filter', '?', { kind: 'type', text: '?' }],
    ['filter', 'enter', { kind: 'back' }],
    ['filter', 'left', undefined],
    ['detail', 'q', { kind: 'back' }],
    ['detail', '/', undefined],
    ['help', 'escape', { kind: 'back' }],
  ] as const)('in the %s, %s does %o', (view, name, action) => {
    expect(actionOf(view, name)).toEqual(action);
  });

  test('ctrl-C interrupts everywhere', () => {
    for (const view of ['table', 'filter', 'detail', 'help'] as const) {
      expect(actionOf(view, 'ctrl-c'), view).toEqual({ kind: 'leave', reason: 'interrupt' });
    }
  });

  test('no key is bound twice in one view', () => {
    for (const [view, bound] of Object.entries(bindings)) {
      const keys = bound.flatMap((binding) => binding.keys);
      expect(new Set(keys).size, view).toBe(keys.length);
    }
  });
});

test('pasted text is typed into the filter and does nothing elsewhere', () => {
  expect(pasteAction('filter', 'node-3\nq')).toEqual({ kind: 'type', text: 'node-3 q' });
  expect(pasteAction('table', 'q')).toBeUndefined();
});
