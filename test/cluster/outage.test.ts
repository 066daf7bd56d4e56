import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { namespace } from './fixtures.ts';
import { runOn } from './run-on.ts';
import { settledHttpbin } from './settled.ts';
import { openTerminal } from './tmux.ts';
import { eventually } from './wait.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

/** ms for which there is no API server, and in which the screen must have said so. */
const outage = 20_000;
const soon = 5_000;

test('an API server that is away for 20 s makes the screen stale, and comes back to the truth by itself', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const terminal = await openTerminal({ columns: 160, rows: 24 });
  const run = await runOn(terminal, `kubectl eps diff httpbin -n ${own} --kubeconfig ${plane.kubeconfig}`);
  await terminal.until('Pods live');
  expect(await terminal.screen()).toContain('Pods 2 ready');

  const back = wait(outage);
  await plane.stopPart('kube-apiserver');
  const stale = async () => {
    const screen = await terminal.screen();
    return screen.includes('stale') && !screen.includes('Pods live') && screen;
  };
  expect(await eventually('a stale screen', stale, { timeout: soon })).toContain('Pods 2 ready');
  await back;
  expect(await stale()).not.toBe(false);

  await plane.startPart('kube-apiserver');
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  const screen = await terminal.until('Pods 3 ready');
  expect(screen).toContain('Pods live');
  expect(screen).not.toContain('stale');

  await terminal.press('q');
  expect(await run.left()).toMatch(/httpbin: Synced[^]*code=0/);
});
