import { helpLines } from './help-lines.ts';
import { inView, pageHeight, type Mode, type State } from './state.ts';
import { selectedIndex } from './table/state.ts';
import { wrap, type Line } from './text.ts';

type Page = Extract<Mode, { readonly lines: unknown }>;

function jsonLines(value: unknown, width: number): readonly Line[] {
  return JSON.stringify(value, undefined, 2)
    .split('\n')
    .flatMap((line) => wrap(line, width))
    .map((text): Line => [{ text, tone: 'plain' }]);
}

function linesOf({ table: { table }, size, view }: State, page: Page): readonly Line[] {
  if (page.kind === 'help') return page.lines;
  const index = table.indexOf(page.key);
  const width = size.columns;
  if (index === -1) {
    const text = `${page.key} is not there any more`;
    return [
      [{ text: view.place === 'addresses' ? `${page.key} is in no layer any more` : text, tone: 'warning' }],
    ];
  }
  return page.kind === 'detail' ? table.linesAt(index, width) : jsonLines(table.jsonAt(index), width);
}

/** A page keeps its last line at the bottom. */
export function scrolled(state: State, page: Page, by: number): State {
  const last = Math.max(0, page.lines.length - pageHeight(state));
  const offset = Math.max(0, Math.min(page.offset + by, last));
  return { ...state, mode: { ...page, offset } };
}

/** The page with what is known now. */
export function rewritten(state: State): State {
  const { mode } = state;
  if (mode.kind === 'table' || mode.kind === 'filter') return state;
  return scrolled(state, { ...mode, lines: linesOf(state, mode) }, 0);
}

/** A page about the selected row, or about the keys. */
export function openPage(state: State, kind: Page['kind']): State {
  if (kind === 'help') {
    return { ...state, mode: { kind, over: state.mode, offset: 0, lines: helpLines(state) } };
  }
  const index = selectedIndex(state.table);
  if (index === undefined) return state;
  const key = state.table.table.keyAt(index);
  return rewritten(inView({ ...state, mode: { kind, key, offset: 0, lines: [] } }));
}
