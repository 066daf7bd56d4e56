import { bodyLines } from './body.ts';
import { crumbLine } from './crumbs.ts';
import { footerLine } from './footer.ts';
import { flowLine } from './flow.ts';
import { headerLine } from './header.ts';
import { bodyHeight } from './layout.ts';
import { noticeLines, noticesOf } from './notices.ts';
import { tallyLine } from './services/tally.ts';
import type { State } from './state.ts';
import type { Line } from './text.ts';

/** The screen from top to bottom, one row less than the terminal has. */
export function frameLines(state: State): readonly Line[] {
  const { view, world, size } = state;
  const notices = noticesOf(state);
  const body = bodyLines(state);
  const height = bodyHeight(size, notices.length);
  return [
    headerLine(state),
    view.place === 'services' ? tallyLine(world) : flowLine(view.opened.model.report, size.columns),
    ...noticeLines(notices, size),
    crumbLine(state),
    ...Array.from({ length: height }, (_, row): Line => body[row] ?? []),
    footerLine(state),
  ];
}
