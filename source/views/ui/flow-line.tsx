import type { ServiceReport } from '../../core/report.ts';
import { flowLine } from './flow.ts';
import { Row } from './row.tsx';

type Props = { readonly report: ServiceReport; readonly columns: number; readonly color: boolean };

/** The layers from pods to gateway, with what each holds. */
export function FlowLine({ report, columns, color }: Props) {
  return <Row line={flowLine(report, columns)} color={color} />;
}
