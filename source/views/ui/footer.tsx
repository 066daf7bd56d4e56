import { parseFilter } from './filter.ts';
import { bindings, keyLabel } from './keys.ts';
import { Row } from './row.tsx';
import { pageLines, tableHeight, type State } from './state.ts';
import { cut, type Line, type Span } from './text.ts';

/** The filter as far as it is typed; `_` stands for the cursor, an invalid one says so in place. */
function filterSpans({ filter, view }: State, isValid: boolean, width: number): Line {
  const isTyped = view.kind === 'filter';
  if (filter === '' && !isTyped) return [];
  const text: Span = { text: `/${cut(filter, width, 'end')}${isTyped ? '_' : ''}  `, tone: 'strong' };
  return isValid ? [text] : [text, { text: 'x not a regular expression  ', tone: 'error' }];
}

/** How many rows there are to scroll over, and why not all. */
function tableSpans(state: State): Line {
  const { filter, rows, report, driftOnly, size } = state;
  const isValid = parseFilter(filter) !== undefined;
  const verb = filter !== '' && isValid ? 'match' : 'shown';
  return [
    ...filterSpans(state, isValid, Math.floor(size.columns / 3)),
    { text: `${rows.length} of ${report.addresses.length} ${verb}`, tone: 'plain' },
    { text: driftOnly ? '  drift only' : '', tone: 'warning' },
  ];
}

function pageSpans(state: State, offset: number): Line {
  const count = pageLines(state).length;
  const last = Math.min(count, offset + tableHeight(state) + 1);
  return [{ text: `lines ${offset + 1}-${last} of ${count}`, tone: 'plain' }];
}

/** Where one is in what is shown, and the keys to try. */
export function Footer({ state, color }: { readonly state: State; readonly color: boolean }) {
  const { view } = state;
  const isPage = view.kind === 'detail' || view.kind === 'help';
  const place = isPage ? pageSpans(state, view.offset) : tableSpans(state);
  const hints = bindings[view.kind].flatMap(({ keys: [key = ''], short }) =>
    short === undefined ? [] : [`${keyLabel(key)} ${short}`],
  );
  return <Row line={[...place, { text: `   ${hints.join('  ')}`, tone: 'quiet' }]} color={color} />;
}
