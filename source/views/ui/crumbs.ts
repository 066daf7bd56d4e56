import type { Mode, State } from './state.ts';
import { countOf, tabs } from './tabs.ts';
import { lineWidth, type Line, type Span } from './text.ts';

const separator: Span = { text: '  ', tone: 'plain' };

/** Every tab with how much it has; the one that is open is in brackets. */
function tabLine({ view }: State, hasCounts: boolean): Line {
  if (view.place === 'services') return [];
  const { opened } = view;
  return tabs.flatMap((tab, index): Line => {
    const count = hasCounts ? countOf(tab, opened) : undefined;
    const text = count === undefined ? tab : `${tab} ${count}`;
    const span: Span = tab === view.place ? { text: `[${text}]`, tone: 'strong' } : { text, tone: 'quiet' };
    return index === 0 ? [span] : [separator, span];
  });
}

function pageNames(mode: Mode): readonly string[] {
  switch (mode.kind) {
    case 'table':
    case 'filter':
      return [];
    case 'detail':
      return [mode.key];
    case 'json':
      return [mode.key, 'json'];
    case 'help':
      return [...pageNames(mode.over), 'keys'];
  }
}

/** The tabs to choose from, or on a page the way to it. */
export function crumbLine(state: State): Line {
  const { mode, view, table, size } = state;
  const names = pageNames(mode);
  if (names.length > 0) {
    const last = names.length - 1;
    return [
      { text: view.place, tone: 'quiet' },
      ...names.flatMap((name, index): Line => [
        { text: ' > ', tone: 'quiet' },
        { text: name, tone: index === last ? 'strong' : 'quiet' },
      ]),
    ];
  }
  if (view.place === 'services') return [{ text: `[services ${table.table.count}]`, tone: 'strong' }];
  const counted = tabLine(state, true);
  return lineWidth(counted) <= size.columns ? counted : tabLine(state, false);
}
