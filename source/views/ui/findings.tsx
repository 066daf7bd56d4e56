import { noticeLines, noticesOf } from './notices.ts';
import { Row } from './row.tsx';
import type { State } from './state.ts';

/** The findings and what could not be read, one line each. */
export function Findings({ state, color }: { readonly state: State; readonly color: boolean }) {
  const lines = noticeLines(noticesOf(state.report, state.error), state.size);
  return lines.map((line, index) => <Row key={index} line={line} color={color} />);
}
