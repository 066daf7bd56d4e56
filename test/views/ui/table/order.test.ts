import { describe, expect, test } from 'vitest';
import { addressTable } from '../../../../source/views/ui/addresses/table.ts';
import { modelOf } from '../../../../source/views/ui/model.ts';
import { parseFilter } from '../../../../source/views/ui/table/filter.ts';
import { keepInView, shownRows, type Choice } from '../../../../source/views/ui/table/order.ts';
import {
  openTable,
  reduceTable,
  type TableAction,
  type TableState,
} from '../../../../source/views/ui/table/state.ts';
import { tableOf } from '../../../../source/views/ui/table/table.ts';
import { truncatedReport } from '../../../helpers/report.ts';
import { worldOf } from '../../../helpers/screen.tsx';

const report = truncatedReport(1100);
const model = modelOf(worldOf(report), 'default/httpbin');
if (!model) throw new Error('no model');
const table = tableOf(addressTable(model));

const all: Choice = { filter: '', driftOnly: false, sort: undefined };
const countOf = (filter: string, driftOnly = false) => shownRows(table, { ...all, filter, driftOnly }).length;

describe('filter', () => {
  test.each([
    ['', 1100],
    ['10\\.0\\.0\\.1:', 1],
    ['MISSING', 100],
    ['!missing', 1000],
    ['code:truncated', 100],
    ['!code:truncated', 1000],
    ['layer:endpoints', 100],
    ['layer:end', 0],
    ['layer:endpointslices', 0],
    ['node:node-3$', 157],
    ['zone-a', 367],
    ['node:node-3$ code:Trunc', 14],
    ['  code:  ', 1100],
    ['!', 1100],
    ['http:8080', 0],
  ])('%j lets %i rows through', (filter, count) => {
    expect(countOf(filter)).toBe(count);
  });

  test('a pod term looks at the pod alone', () => {
    const [first] = report.addresses;
    expect(first?.pod).toBeDefined();
    expect(countOf(`pod:${first?.pod ?? ''}`)).toBe(1);
    expect(countOf('pod:node-3')).toBe(0);
  });

  test('drift only and filter hold together', () => {
    expect(countOf('node:node-3$', true)).toBe(14);
  });

  test('an invalid expression says what it lacks and hides nothing', () => {
    expect(parseFilter('pod:(', table)).toEqual({ kind: 'Invalid', reason: 'unterminated group' });
    expect(countOf('pod:(')).toBe(1100);
    expect(countOf('pod:(', true)).toBe(100);
  });
});

describe('order', () => {
  const first = (letter: string, isDescending = false) => {
    const [index = -1] = shownRows(table, { ...all, sort: { letter, isDescending } });
    return report.addresses[index];
  };

  test('without a sort it is that of the report', () => {
    expect([...shownRows(table, all)]).toEqual(Array.from({ length: 1100 }, (_, index) => index));
  });

  test.each([
    ['A', false, { address: '10.0.0.1:8080' }],
    ['A', true, { address: '10.0.4.100:8080' }],
    ['N', false, { node: 'node-1', address: '10.0.0.1:8080' }],
    ['N', true, { node: 'node-7' }],
    ['E', false, { in: { Endpoints: 'Absent' } }],
    ['F', true, { firstDivergence: 'Endpoints' }],
  ])('by %s, turned around: %s, it begins with %o', (letter, isDescending, row) => {
    expect(first(letter, isDescending)).toMatchObject(row);
  });

  test('equal rows keep the order of the report, either way', () => {
    for (const isDescending of [false, true]) {
      const shown = shownRows(table, { ...all, sort: { letter: 'Z', isDescending } });
      const inZoneA = [...shown].filter((index) => report.addresses[index]?.zone === 'zone-a');
      expect(inZoneA).toEqual(inZoneA.toSorted((a, b) => a - b));
    }
  });
});

describe('window', () => {
  test.each([
    ['stays when the cursor is inside', { cursor: 5, offset: 3 }, 100, { cursor: 5, offset: 3 }],
    ['follows the cursor down', { cursor: 14, offset: 3 }, 100, { cursor: 14, offset: 5 }],
    ['follows the cursor up', { cursor: 1, offset: 3 }, 100, { cursor: 1, offset: 1 }],
    ['ends at the last row', { cursor: Infinity, offset: 0 }, 100, { cursor: 99, offset: 90 }],
    ['ends at the first row', { cursor: -Infinity, offset: 50 }, 100, { cursor: 0, offset: 0 }],
    ['stays full when rows go away', { cursor: 99, offset: 90 }, 12, { cursor: 11, offset: 2 }],
    ['begins at the top when all rows fit', { cursor: 3, offset: 2 }, 4, { cursor: 3, offset: 0 }],
    ['is at 0 without rows', { cursor: 7, offset: 7 }, 0, { cursor: 0, offset: 0 }],
  ])('%s', (_title, window, count, expected) => {
    expect(keepInView(window, count, 10)).toEqual(expected);
  });
});

test('no row is looked at before it is asked for', () => {
  const asked: number[] = [];
  const lazy = tableOf({
    rows: Array.from({ length: 50_000 }, (_, index) => index),
    columns: [{ title: 'ROW', letter: 'R', textOf: (row) => String(asked.push(row)), width: 5 }],
    keyOf: String,
    fields: {},
    linesOf: () => [],
    emptyWords: '',
  });
  expect(shownRows(lazy, all)).toHaveLength(50_000);
  lazy.columns()[0]?.textAt(7, 0);
  expect(asked).toEqual([7]);
});

test('rows are sorted once: a filter, drift only and the order turned around ask for no value again', () => {
  let asked = 0;
  const table = tableOf({
    rows: [3, 1, 2],
    columns: [{ title: 'ROW', letter: 'R', textOf: String, orderOf: (row) => (asked += 1) && row, width: 5 }],
    keyOf: String,
    isDrifted: (row) => row > 1,
    fields: {},
    linesOf: () => [],
    emptyWords: '',
  });
  const press = (state: TableState, action: TableAction) => reduceTable(state, action, 10);
  const sorted = press(openTable({ source: table, table: () => table }), { kind: 'sort', letter: 'R' });
  expect([...sorted.shown]).toEqual([1, 2, 0]);
  const narrowed = press(press(sorted, { kind: 'toggleDrift' }), { kind: 'type', text: '!9' });
  expect([...narrowed.shown]).toEqual([2, 0]);
  expect([...press(narrowed, { kind: 'sort', letter: 'R' }).shown]).toEqual([0, 2]);
  expect(asked).toBe(3);
});
