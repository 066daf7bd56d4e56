import type { Status } from '../../core/report.ts';
import { freshness } from './freshness.ts';
import { Row } from './row.tsx';
import type { State } from './state.ts';
import { fit, lineWidth, textWidth, type Span, type Tone } from './text.ts';

const statusTones: Readonly<Record<Status, Tone>> = { Synced: 'good', Drift: 'error', Unknown: 'warning' };

/** Whose report it is, its verdict and its age; the program's name where there is room. */
export function Header({ state, color }: { readonly state: State; readonly color: boolean }) {
  const { report, subject, size } = state;
  const name: Span = { text: `${report.metadata.namespace}/${report.metadata.name}  `, tone: 'strong' };
  const status: Span = { text: report.status, tone: statusTones[report.status] };
  const selector = subject?.selector ? `  selector ${subject.selector}` : '';
  const about = `${selector}  ${subject?.ports ?? ''}`;
  const fresh = freshness(state);
  const room = size.columns - lineWidth([name, status, fresh]) - 2;
  const program = '   kubectl eps';
  const hasProgram = room >= textWidth(about) + program.length;
  const middle: Span = {
    text: fit(about, Math.max(0, room - (hasProgram ? program.length : 0))),
    tone: 'plain',
  };
  const end: Span = { text: hasProgram ? program : '', tone: 'quiet' };
  return <Row line={[name, status, middle, { text: '  ', tone: 'plain' }, fresh, end]} color={color} />;
}
