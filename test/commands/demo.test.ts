import { expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import { fakeIo } from '../helpers/io.ts';

async function demo(...args: readonly string[]) {
  const { io, stdout } = fakeIo(['demo', '-o', 'json', ...args]);
  const code = await main(io);
  return { code, report: JSON.parse(stdout()) as ServiceReport };
}

test('the demo looks ahead as diff does', async () => {
  const { code, report } = await demo('--at-replicas', '3000');
  expect(code).toBe(1);
  expect(report.atReplicas).toMatchObject({ replicas: 3000 });
});

test('the demo has nothing to read again', async () => {
  expect(await demo('--settle', '0')).toEqual(await demo());
});
