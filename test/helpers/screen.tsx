import { renderToString } from 'ink';
import type { ServiceReport } from '../../source/core/report.ts';
import { actionOf } from '../../source/views/ui/keys.ts';
import { Screen } from '../../source/views/ui/screen.tsx';
import { initialState, reduce, type State } from '../../source/views/ui/state.ts';

/** The state after the keys were pressed, two seconds after the reading. */
export function pressed(report: ServiceReport, size: string, ...keys: readonly string[]): State {
  const [columns = 0, rows = 0] = size.split('x').map(Number);
  const start = initialState({
    report,
    subject: { selector: 'app=httpbin', ports: 'http 80->8080' },
    everyMs: 5000,
    now: Date.parse(report.observedAt) + 2000,
    size: { columns, rows },
  });
  return keys.reduce((state, key) => {
    const action = actionOf(state.view.kind, key);
    return action ? reduce(state, action) : state;
  }, start);
}

/** The screen as text, row by row. */
export function frame(state: State, color = false): string {
  return renderToString(<Screen state={state} color={color} />, { columns: state.size.columns });
}
