import { useMemo } from 'react';
import { headingLine, reportColumns, rowLine } from './columns.ts';
import { fitColumns } from './layout.ts';
import { Row } from './row.tsx';
import { tableHeight, type State } from './state.ts';

/** Why there is no row to show. */
function emptyWords({ report, filter, driftOnly }: State): string {
  if (report.addresses.length === 0) return 'no address in any layer';
  if (filter !== '') return 'no row matches the filter';
  return driftOnly ? 'no address has drifted; z shows all' : '';
}

/** The heading and the rows that are on the screen; no other row reaches React. */
export function Table({ state, color }: { readonly state: State; readonly color: boolean }) {
  const { report, rows, cursor, offset, size } = state;
  const natural = useMemo(() => reportColumns(report), [report]);
  const columns = fitColumns(natural, size.columns);
  const visible = rows.slice(offset, offset + tableHeight(state));
  return (
    <>
      <Row line={headingLine(columns)} color={color} />
      {visible.map((row, index) => (
        <Row key={row.address} line={rowLine(row, columns, offset + index === cursor)} color={color} />
      ))}
      {visible.length === 0 && (
        <Row line={[{ text: `  ${emptyWords(state)}`, tone: 'quiet' }]} color={color} />
      )}
    </>
  );
}
