import { explainLines } from './findings/explain.ts';
import { flashKey } from './live/changed.ts';
import { flashTime } from './live/observe.ts';
import { pageHeight, tableHeight, type State } from './state.ts';
import { columnsIn, headingLine, rowLine } from './table/lines.ts';
import { selectedIndex } from './table/state.ts';
import { fit, lineWidth, type Line } from './text.ts';

/** Why there is no row to show. */
function emptyLine({ table: { table, filter, driftOnly } }: State): Line {
  const narrowed = filter === '' ? 'nothing has drifted; z shows all' : 'no row matches the filter';
  const isNarrow = table.count > 0 && (filter !== '' || driftOnly);
  return [{ text: `  ${isNarrow ? narrowed : table.emptyWords}`, tone: 'quiet' }];
}

/** The heading and the rows that are on the screen; no other row is looked at. */
function tableLines(state: State, width: number): readonly Line[] {
  const { table, view, now, flashes } = state;
  const { shown, cursor, offset, sort } = table;
  const columns = columnsIn(table.table, width);
  const visible = [...shown.subarray(offset, offset + tableHeight(state))];
  const changedAt = (index: number) => flashes.get(flashKey(view.place, table.table.keyAt(index)));
  return [
    headingLine(columns, sort),
    ...visible.map((index, position) =>
      rowLine(columns, index, {
        now,
        isSelected: offset + position === cursor,
        isChanged: now - (changedAt(index) ?? -Infinity) < flashTime,
      }),
    ),
    ...(visible.length === 0 ? [emptyLine(state)] : []),
  ];
}

/** Columns of the page of `explain` beside the findings, and of the table that must still have room. */
const besideWidth = 72;
const narrowest = 44;
const divider = ' | ';

function padded(line: Line, width: number): Line {
  return [...line, { text: ' '.repeat(Math.max(0, width - lineWidth(line))), tone: 'plain' }];
}

/** The findings, with the page of the selected one beside them. */
function findingLines(state: State): readonly Line[] {
  const { columns } = state.size;
  const left = columns - besideWidth - divider.length;
  const index = selectedIndex(state.table);
  if (left < narrowest || index === undefined) return tableLines(state, columns);
  const table = tableLines(state, left);
  const page = explainLines(state.table.table.fields['code']?.textsAt(index)[0] ?? '', besideWidth);
  return Array.from({ length: pageHeight(state) }, (_, row): Line => {
    const text = fit(page[row] ?? '', besideWidth);
    return [
      ...padded(table[row] ?? [], left),
      { text: divider, tone: 'quiet' },
      { text: text.trimEnd(), tone: 'plain' },
    ];
  });
}

/** What lies between the crumbs and the footer. */
export function bodyLines(state: State): readonly Line[] {
  const { mode, view, size } = state;
  if (mode.kind === 'table' || mode.kind === 'filter') {
    return view.place === 'findings' ? findingLines(state) : tableLines(state, size.columns);
  }
  return mode.lines.slice(mode.offset, mode.offset + pageHeight(state));
}
