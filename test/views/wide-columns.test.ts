import { expect, test } from 'vitest';
import { printTable } from '../../source/views/table.ts';
import { truncatedReport } from '../helpers/report.ts';
import { frame, pressed } from '../helpers/screen.tsx';

const report = truncatedReport(1100);

test('-o wide and a wide screen tell more of an address than its pod', () => {
  const inTable = printTable(report, { rows: 'all', color: false });
  for (const text of [inTable, frame(pressed(report, '300x100'))]) {
    expect(text).toMatch(/^ *ADDRESS +POD +NODE +ZONE +PODS /m);
    expect(text).toMatch(/ node-\d+ +zone-[abc] +ready /);
  }
});

test('a table of what drifts has no room for it', () => {
  expect(printTable(report, { rows: 'diverging', color: false })).toMatch(/^ADDRESS +POD +PODS /m);
});
