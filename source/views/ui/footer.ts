import { bindingsOf, keyLabel } from './keys.ts';
import { pageHeight, type Mode, type State } from './state.ts';
import { parseFilter } from './table/filter.ts';
import { cut, lineWidth, type Line, type Span } from './text.ts';

/** The filter as far as it is typed; `_` stands for the cursor, what an invalid one lacks is said in place. */
function filterSpans({ table, mode, size }: State, reason: string | undefined): Line {
  const isTyped = mode.kind === 'filter';
  if (table.filter === '' && !isTyped) return [];
  const shown = cut(table.filter, Math.floor(size.columns / 3), 'end');
  const text: Span = { text: `/${shown}${isTyped ? '_' : ''}  `, tone: 'strong' };
  return reason === undefined ? [text] : [text, { text: `x ${reason}  `, tone: 'error' }];
}

/** How many rows there are to scroll over, and why not all. */
function tableSpans(state: State): Line {
  const { table, driftOnly, filter, shown } = state.table;
  const parsed = parseFilter(filter, table);
  const reason = parsed.kind === 'Invalid' ? parsed.reason : undefined;
  const verb = filter !== '' && reason === undefined ? 'match' : 'shown';
  const isNarrow = driftOnly && table.isDriftedAt !== undefined;
  return [
    ...filterSpans(state, reason),
    { text: `${shown.length} of ${table.count} ${verb}`, tone: 'plain' },
    { text: isNarrow ? '  drift only' : '', tone: 'warning' },
  ];
}

function pageSpans(state: State, { lines, offset }: Extract<Mode, { readonly lines: unknown }>): Line {
  const last = Math.min(lines.length, offset + pageHeight(state));
  return [{ text: `lines ${offset + 1}-${last} of ${lines.length}`, tone: 'plain' }];
}

/** As many keys as there is room for; how to get help and how to leave are the last to go. */
function hintsIn(hints: readonly string[], room: number): string {
  const text = `   ${hints.join('  ')}`;
  return text.length <= room || hints.length <= 2
    ? text
    : hintsIn([...hints.slice(0, -3), ...hints.slice(-2)], room);
}

/** What the last key did; else where one is in what is shown, and the keys to try. */
export function footerLine(state: State): Line {
  const { mode, message, size } = state;
  if (message !== undefined) return [{ text: message, tone: 'strong' }];
  const isTable = mode.kind === 'table' || mode.kind === 'filter';
  const place = isTable ? tableSpans(state) : pageSpans(state, mode);
  const hints = bindingsOf(state).flatMap(({ keys: [key = ''], short }) =>
    short === undefined ? [] : [`${keyLabel(key)} ${short}`],
  );
  return [...place, { text: hintsIn(hints, size.columns - lineWidth(place)), tone: 'quiet' }];
}
