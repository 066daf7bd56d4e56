import { describe, expect, test } from 'vitest';
import { reduce } from '../../../source/views/ui/reduce.ts';
import { tableHeight, type State } from '../../../source/views/ui/state.ts';
import { selectedIndex } from '../../../source/views/ui/table/state.ts';
import { syncedReport, truncatedReport } from '../../helpers/report.ts';
import { after, judgedWorld, observed, press, start as startOf, worldOf } from '../../helpers/screen.tsx';
import { read, service, snapshot } from '../../helpers/snapshot.ts';

const report = truncatedReport(1100);
const start = (given = report, size = '80x24') => startOf(worldOf(given), size);

function selected({ table }: State): string | undefined {
  const index = selectedIndex(table);
  return index === undefined ? undefined : table.table.keyAt(index);
}

describe('rows', () => {
  test('the screen opens on the drifted rows, and on all rows when there are none', () => {
    expect(start().table).toMatchObject({ driftOnly: true, shown: { length: 100 } });
    expect(start(syncedReport()).table).toMatchObject({ driftOnly: false, shown: { length: 20 } });
  });

  test('the cursor stays on its address when the rows around it change', () => {
    const moved = after(start(), { kind: 'move', rows: 10 });
    const all = press(moved, 'z');
    expect(all.table.shown).toHaveLength(1100);
    expect(selected(all)).toBe(selected(moved));
    expect(all.table.cursor).toBeGreaterThan(moved.table.cursor);
    const sorted = press(all, 'P');
    expect(selected(sorted)).toBe(selected(moved));
    expect(sorted.table.cursor).not.toBe(all.table.cursor);
  });

  test('the cursor stays on its address when a new report comes', () => {
    const all = after(press(start(), 'z'), { kind: 'move', rows: 10 });
    const fewer = { ...report, addresses: report.addresses.slice(5) };
    expect(selected(observed(all, worldOf(fewer)))).toBe(selected(all));
  });

  test('a page is as high as the table', () => {
    const state = start();
    expect(tableHeight(state)).toBe(16);
    expect(press(state, 'pagedown').table.cursor).toBe(16);
    expect(press(state, 'pagedown', 'pageup').table.cursor).toBe(0);
  });

  test('a smaller terminal keeps the selected row on the screen', () => {
    const state = after(
      start(),
      { kind: 'move', rows: 16 },
      { kind: 'resize', size: { columns: 80, rows: 15 } },
    );
    expect(tableHeight(state)).toBe(7);
    expect(state.table).toMatchObject({ cursor: 16, offset: 10 });
  });
});

describe('sort', () => {
  test('the same letter again turns the order around', () => {
    expect(press(start(), 'N').table.sort).toEqual({ letter: 'N', isDescending: false });
    expect(press(start(), 'N', 'N').table.sort).toEqual({ letter: 'N', isDescending: true });
    expect(press(start(), 'N', 'N', 'Z').table.sort).toEqual({ letter: 'Z', isDescending: false });
  });
});

describe('filter', () => {
  const typed = press(start(), '/', ...Array.from('node:node-3'));

  test('rows follow every character', () => {
    expect(typed.table.shown).toHaveLength(14);
    expect(press(typed, 'backspace').table.shown).toHaveLength(100);
    expect(press(typed, 'ctrl-u')).toMatchObject({ table: { filter: '' }, mode: { kind: 'filter' } });
  });

  test('enter keeps it, escape drops it', () => {
    expect(press(typed, 'enter')).toMatchObject({
      table: { filter: 'node:node-3' },
      mode: { kind: 'table' },
    });
    expect(press(typed, 'escape')).toMatchObject({
      table: { filter: '', shown: { length: 100 } },
      mode: { kind: 'table' },
    });
  });
});

describe('pages', () => {
  test('detail shows the selected row and goes back to it', () => {
    const detail = press(start(), 'down', 'down', 'down', 'enter');
    expect(detail.mode).toMatchObject({ kind: 'detail', key: selected(detail), offset: 0 });
    expect(press(detail, 'escape')).toMatchObject({ mode: { kind: 'table' }, table: { cursor: 3 } });
  });

  test('y shows the row as JSON', () => {
    const { mode } = press(start(), 'y');
    const text = mode.kind === 'json' ? mode.lines.map((line) => line[0]?.text).join('\n') : '';
    expect(JSON.parse(text)).toEqual(report.addresses.find(({ firstDivergence }) => firstDivergence));
  });

  test('there is no page without a row', () => {
    const empty = press(start(), '/', ...Array.from('nothing'), 'enter', 'enter', 'y');
    expect(empty).toMatchObject({ table: { shown: { length: 0 } }, mode: { kind: 'table' } });
  });

  test('help goes back to where it was asked for', () => {
    const detail = press(start(), 'enter');
    expect(press(detail, '?', '?').mode).toEqual(detail.mode);
  });

  test('a page scrolls no further than its last line', () => {
    const small = press(start(report, '80x15'), 'enter');
    const end = press(small, 'G');
    expect(end.mode).toMatchObject({ offset: 15 });
    expect(end.table.cursor).toBe(0);
    expect(press(end, 'g').mode).toMatchObject({ offset: 0 });
  });
});

describe('tabs', () => {
  test('tab goes round, shift-tab the other way', () => {
    const places = (key: string) =>
      Array.from({ length: 7 }, (_, count) => press(start(), ...Array<string>(count).fill(key)).view.place);
    expect(places('tab')).toEqual([
      'addresses',
      'findings',
      'slices',
      'replicas',
      'timeline',
      'events',
      'addresses',
    ]);
    expect(places('shift-tab').slice(1, 3)).toEqual(['events', 'timeline']);
  });

  test('each tab keeps its filter, its order and its cursor', () => {
    const chosen = press(start(), 'z', '/', ...Array.from('node-3'), 'enter', 'P', 'down');
    const back = press(chosen, 'tab', 'tab', 'shift-tab', 'shift-tab');
    expect(back.table).toMatchObject({
      filter: 'node-3',
      sort: { letter: 'P' },
      cursor: chosen.table.cursor,
    });
    expect(press(chosen, 'tab').table).toMatchObject({ filter: '', sort: undefined });
  });
});

test('a message stays until the next key, whatever else comes', () => {
  const said = after(start(), { kind: 'say', text: 'copied' }, { kind: 'tick', now: 0 });
  expect(observed(said, worldOf(report)).message).toBe('copied');
  expect(press(said, 'down').message).toBeUndefined();
});

test('leaving keeps the reason and the world', () => {
  const state = start();
  expect(reduce(state, { kind: 'leave', reason: 'quit' })).toMatchObject({
    leaving: 'quit',
    world: state.world,
  });
});

test('events that come when another Service is open are not taken for its own', () => {
  const services = ['api', 'web'].map((name) => service({ name, uid: `uid-${name}` }));
  const list = startOf(judgedWorld(snapshot({ services: read(services) })), '80x24', { hasList: true });
  const openedIn = ({ view }: State) => (view.place === 'services' ? undefined : view.opened);
  const api = press(list, 'enter');
  const web = press(api, 'escape', 'down', 'enter');
  expect([api, web].map((state) => openedIn(state)?.name)).toEqual(['shop/api', 'shop/web']);
  const news = { kind: 'events', events: { state: 'Unread', reason: 'forbidden' } } as const;
  expect(openedIn(after(web, { ...news, name: 'shop/api' }))?.events).toEqual({ state: 'Unasked' });
  expect(openedIn(after(web, { ...news, name: 'shop/web' }))?.events).toEqual(news.events);
});

test('of two findings that differ in their addresses alone each is a row of its own', () => {
  const [finding] = report.findings;
  const twins = finding ? [finding, { ...finding, count: 7 }] : [];
  const { table } = press(start({ ...report, findings: twins }), 'tab').table;
  expect([0, 1].map((index) => table.indexOf(table.keyAt(index)))).toEqual([0, 1]);
});
