import { Row } from './row.tsx';
import { pageLines, tableHeight, type State } from './state.ts';

type Props = { readonly state: State; readonly offset: number; readonly color: boolean };

/** The lines of the detail or the help that are on the screen, in place of the table. */
export function Page({ state, offset, color }: Props) {
  const visible = pageLines(state).slice(offset, offset + tableHeight(state) + 1);
  return visible.map((line, index) => <Row key={offset + index} line={line} color={color} />);
}
