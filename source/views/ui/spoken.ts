import { crumbLine } from './crumbs.ts';
import { flowLine } from './flow.ts';
import { footerLine } from './footer.ts';
import { spokenHeader } from './header.ts';
import { noticesOf } from './notices.ts';
import { tallyLine } from './services/tally.ts';
import type { State } from './state.ts';
import { selectedIndex } from './table/state.ts';
import { paint, type Line } from './text.ts';

const plain = (line: Line) => paint(line, false).replace(/ {2,}/g, ', ').trim();

/** The selected row, cell by cell with its title; the others are a key away. */
function rowLines({ table, now }: State): readonly string[] {
  const index = selectedIndex(table);
  if (index === undefined) return ['no row'];
  const minute = now - (now % 60_000);
  const cells = table.table.columns().map(({ title, textAt }) => `${title}: ${textAt(index, minute)}`);
  return [`row ${table.cursor + 1} of ${table.shown.length}`, ...cells];
}

/** The screen for ears: no columns, one row, every word once. */
export function spokenLines(state: State): readonly string[] {
  const { mode, view, world } = state;
  const isTable = mode.kind === 'table' || mode.kind === 'filter';
  const flow = view.place === 'services' ? tallyLine(world) : flowLine(view.opened.model.report, Infinity);
  return [
    plain(spokenHeader(state)),
    plain(flow),
    ...noticesOf(state).map(({ word, text }) => `${word}: ${text}`),
    plain(crumbLine(state)),
    ...(isTable ? rowLines(state) : mode.lines.map(plain)),
    plain(footerLine(state)),
  ];
}
