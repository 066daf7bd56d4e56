import { describe, expect, test } from 'vitest';
import { freshness } from '../../../source/views/ui/freshness.ts';
import {
  initialState,
  reduce,
  tableHeight,
  type Action,
  type State,
} from '../../../source/views/ui/state.ts';
import { syncedReport, truncatedReport } from '../../helpers/report.ts';

const report = truncatedReport(1100);
const now = Date.parse(report.observedAt) + 2000;

function start(given: Partial<Parameters<typeof initialState>[0]> = {}): State {
  return initialState({
    report,
    subject: undefined,
    everyMs: 5000,
    now,
    size: { columns: 80, rows: 24 },
    ...given,
  });
}

function after(state: State, ...actions: readonly Action[]): State {
  return actions.reduce(reduce, state);
}

function selected(state: State): string | undefined {
  return state.rows[state.cursor]?.address;
}

describe('rows', () => {
  test('the screen opens on the drifted rows, and on all rows when there are none', () => {
    expect(start()).toMatchObject({ driftOnly: true, rows: { length: 100 } });
    expect(start({ report: syncedReport() })).toMatchObject({ driftOnly: false, rows: { length: 20 } });
  });

  test('the cursor stays on its address when the rows around it change', () => {
    const moved = after(start(), { kind: 'move', rows: 10 });
    const all = after(moved, { kind: 'toggleDrift' });
    expect(all.rows).toHaveLength(1100);
    expect(selected(all)).toBe(selected(moved));
    expect(all.cursor).toBeGreaterThan(moved.cursor);
  });

  test('the cursor stays on its address when a new report comes', () => {
    const all = after(start(), { kind: 'toggleDrift' }, { kind: 'move', rows: 10 });
    const fewer = { ...report, addresses: report.addresses.slice(5) };
    expect(selected(after(all, { kind: 'read', report: fewer }))).toBe(selected(all));
  });

  test('a page is as high as the table', () => {
    const state = start();
    expect(tableHeight(state)).toBe(17);
    expect(after(state, { kind: 'page', pages: 1 }).cursor).toBe(17);
    expect(after(state, { kind: 'page', pages: 1 }, { kind: 'page', pages: -1 }).cursor).toBe(0);
  });

  test('a smaller terminal keeps the selected row on the screen', () => {
    const state = after(
      start(),
      { kind: 'move', rows: 16 },
      { kind: 'resize', size: { columns: 80, rows: 15 } },
    );
    expect(tableHeight(state)).toBe(8);
    expect(state).toMatchObject({ cursor: 16, offset: 9 });
  });
});

describe('filter', () => {
  const typed = after(
    start(),
    { kind: 'openFilter' },
    { kind: 'type', text: 'node:' },
    { kind: 'type', text: 'node-3' },
  );

  test('rows follow every character', () => {
    expect(typed.rows).toHaveLength(14);
    expect(after(typed, { kind: 'erase' }).rows).toHaveLength(100);
    expect(after(typed, { kind: 'eraseAll' })).toMatchObject({ filter: '', view: { kind: 'filter' } });
  });

  test('enter keeps it, escape drops it', () => {
    expect(after(typed, { kind: 'back' })).toMatchObject({ filter: 'node:node-3', view: { kind: 'table' } });
    expect(after(typed, { kind: 'clearFilter' })).toMatchObject({
      filter: '',
      view: { kind: 'table' },
      rows: { length: 100 },
    });
  });
});

describe('pages', () => {
  test('detail shows the selected row and goes back to it', () => {
    const detail = after(start(), { kind: 'move', rows: 3 }, { kind: 'openDetail' });
    expect(detail.view).toEqual({ kind: 'detail', address: selected(detail), offset: 0 });
    expect(after(detail, { kind: 'back' })).toMatchObject({ view: { kind: 'table' }, cursor: 3 });
  });

  test('there is no detail without a row', () => {
    const empty = after(start(), { kind: 'type', text: 'nothing' }, { kind: 'openDetail' });
    expect(empty).toMatchObject({ rows: { length: 0 }, view: { kind: 'table' } });
  });

  test('help goes back to where it was asked for', () => {
    const detail = after(start(), { kind: 'openDetail' });
    expect(after(detail, { kind: 'openHelp' }, { kind: 'back' }).view).toEqual(detail.view);
  });

  test('a page scrolls no further than its last line', () => {
    const small = after(start({ size: { columns: 80, rows: 15 } }), { kind: 'openDetail' });
    const end = after(small, { kind: 'move', rows: Infinity });
    expect(end.view).toMatchObject({ offset: 14 });
    expect(end.cursor).toBe(0);
    expect(after(end, { kind: 'move', rows: -Infinity }).view).toMatchObject({ offset: 0 });
  });
});

describe('age', () => {
  test.each([
    [2000, 'live, 2 s old'],
    [19_999, 'live, 19 s old'],
    [20_000, 'stale, 20 s old'],
    [180_000, 'stale, 3 min old'],
    [7_200_000, 'stale, 2 h old'],
    [-1000, 'live, 0 s old'],
  ])('%i ms after the reading it is %s', (ms, text) => {
    const state = after(start(), { kind: 'tick', now: now - 2000 + ms });
    expect(freshness(state).text).toBe(text);
  });

  test('a failed reading keeps the report and is never live', () => {
    const failed = after(start(), { kind: 'failed', error: 'forbidden' });
    expect(failed).toMatchObject({ error: 'forbidden', rows: { length: 100 } });
    expect(freshness(failed).text).toBe('stale, 2 s old');
    expect(freshness(after(failed, { kind: 'read', report })).text).toBe('live, 2 s old');
  });

  test('a recording has a date and no age', () => {
    expect(freshness(start({ everyMs: undefined })).text).toBe('recording of 2026-03-01T12:00:00Z');
  });
});

test('leaving keeps the reason and the report', () => {
  expect(after(start(), { kind: 'leave', reason: 'quit' })).toMatchObject({ leaving: 'quit', report });
});
