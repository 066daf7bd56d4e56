import { expect, test } from 'vitest';
import { effectOf } from '../../../source/views/ui/effects.ts';
import { syncedReport } from '../../helpers/report.ts';
import { start, worldOf } from '../../helpers/screen.tsx';

function savedAs(name: string): string | undefined {
  const report = { ...syncedReport(), metadata: { namespace: 'default', name } };
  const effect = effectOf(start(worldOf(report), '80x24'), { kind: 'save' });
  return effect?.kind === 'Save' ? effect.name : undefined;
}

test.each([
  ['httpbin', 'httpbin-addresses-20260301T120002Z.csv'],
  ['../../etc/cron.d/x', '..-..-etc-cron.d-x-addresses-20260301T120002Z.csv'],
  ['C:\\x\u001b[2J', 'C-x-2J-addresses-20260301T120002Z.csv'],
])('the rows of a Service %j are saved in the working directory', (name, file) => {
  expect(savedAs(name)).toBe(file);
});
