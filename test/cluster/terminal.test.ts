import { beforeAll, expect, test } from 'vitest';
import type { ServiceReport } from '../../source/core/report.ts';
import { flowLine } from '../../source/views/ui/flow.ts';
import { paint } from '../../source/views/ui/text.ts';
import { diff } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import type { View } from './kubectl-view.ts';
import { isGone, normal, runOn } from './run-on.ts';
import { straySlice } from './services.ts';
import { crowd, gatherCrowd, settledHttpbin } from './settled.ts';
import { openTerminal, type Size, type Terminal } from './tmux.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();

const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
];

/** A thousand more than Endpoints keeps. */
const pods = 2000;

let view: View;
beforeAll(async () => {
  view = await gatherCrowd(plane, pods);
});

const openDiff = (terminal: Terminal, own: string) => runOn(terminal, `kubectl eps diff httpbin -n ${own}`);

test.each(sizes)(
  'at $columns x $rows the screen opens, filters, toggles, shows a detail and quits',
  async (size) => {
    const terminal = await openTerminal(size);
    const run = await openDiff(terminal, crowd);
    const opened = await terminal.until('1000 of 2000 shown  drift only');
    expect(await terminal.modes()).toEqual({ ...normal, alternateScreen: true, cursor: false });
    const lines = opened.trimEnd().split('\n');
    expect(lines).toHaveLength(size.rows - 1);
    expect(lines[0]).toContain(`${crowd}/httpbin  Drift`);
    expect(lines[1]).toContain('Endpoints 1000 CUT');
    expect(lines[2]).toContain('x EndpointsTruncated');

    await terminal.press('z');
    await terminal.until('2000 of 2000 shown');
    await terminal.press('z');
    await terminal.until('1000 of 2000 shown  drift only');
    const lost = view.readyPods.find((ip) => !view.endpoints.includes(ip)) ?? '';
    await terminal.enter(`/${lost}:`);
    await terminal.until('1 of 2000 match');
    await terminal.press('Enter');
    const detail = await terminal.until('First lost');
    expect(detail).toMatch(new RegExp(`^${lost}:80$`, 'm'));
    expect(detail).toMatch(/^Endpoints +missing$/m);
    expect(detail).toMatch(/^Because +EndpointsTruncated$/m);
    await terminal.press('Escape');
    await terminal.until('1 of 2000 match');
    await terminal.press('Escape');
    await terminal.until('1000 of 2000 shown  drift only');

    await terminal.press('q');
    const text = await run.left();
    expect(text).toContain(`${crowd}/httpbin: Drift\n`);
    // Who leaves early sees it not confirmed yet.
    expect(text).toMatch(/x EndpointsTruncated \(port http(?:, settling)?\): 1000 of 2000 addresses/);
    expect(text).toContain('\ncode=1\n');
  },
);

test('a screen that is resized is drawn anew', async () => {
  const [small = { columns: 80, rows: 24 }, large = small] = sizes;
  const terminal = await openTerminal(small);
  await openDiff(terminal, crowd);
  expect(await terminal.until('drift only')).not.toContain('BECAUSE');
  await terminal.resize(large);
  const wide = await terminal.until('BECAUSE');
  expect(wide.trimEnd().split('\n')).toHaveLength(large.rows - 1);
});

test('the screen reads again by itself and shows what has changed', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const terminal = await openTerminal({ columns: 100, rows: 30 });
  const run = await openDiff(terminal, own);
  await terminal.until(`${own}/httpbin  Synced`);
  await plane.apply([straySlice({ namespace: own, service: 'httpbin', addresses: ['192.0.2.1'] })]);
  await terminal.until(`${own}/httpbin  Drift`);
  expect(await terminal.screen()).toMatch(/^ \*192\.0\.2\.1:80 +<none>.* Slices /m);
  await terminal.press('q');
  expect(await run.left()).toContain('\ncode=1\n');
});

/** Whether the screen has the counts and the verdict of the report. */
function says(screen: string, { metadata, status, ...report }: ServiceReport, columns: number): boolean {
  const [head = '', flow = ''] = screen.split('\n');
  const { namespace: space, name } = metadata;
  return (
    head.startsWith(`${space}/${name}  ${status}`) &&
    flow === paint(flowLine({ metadata, status, ...report }, columns), false)
  );
}

/** ms: it takes two minutes, and more where little of a core is left for 2000 pods. */
const wholeRollout = 600_000;

test(
  'a rollout is watched to its end, and whenever it stands still the screen says what -o json says',
  { timeout: wholeRollout },
  async () => {
    const columns = 200;
    const deployment = ['deployment/httpbin-deployment', '-n', crowd];
    const terminal = await openTerminal({ columns, rows: 50 });
    const run = await openDiff(terminal, crowd);
    await terminal.until('1000 of 2000 shown  drift only');
    /** What both say, with the screen paused so that it cannot move on before it is asked. */
    const agreed = () =>
      eventually(
        'the screen to say what -o json says',
        async () => {
          await terminal.press('p');
          const paused = await terminal.until('|| paused');
          const { report } = await diff(['httpbin', '-n', crowd, '--settle', '0']);
          await terminal.press('p');
          await terminal.until('live');
          return says(paused, report, columns) && report;
        },
        { timeout: 120_000 },
      );
    await plane.output(['rollout', 'restart', ...deployment]);
    for (const updated of [700, 1400]) {
      await eventually(`${updated} new pods`, async () => {
        const output = ['-o', 'jsonpath={.status.updatedReplicas}'];
        return Number(await plane.output(['get', ...deployment, ...output])) >= updated;
      });
      await plane.output(['rollout', 'pause', ...deployment]);
      await agreed();
      await plane.output(['rollout', 'resume', ...deployment]);
    }
    await plane.output(['rollout', 'status', ...deployment, '--timeout=4m']);
    const report = await agreed();
    expect(report.layers[0]).toMatchObject({ name: 'Pods', addresses: pods, ready: pods });
    await terminal.press('BTab', 'BTab');
    expect(await terminal.until('[timeline')).toMatch(
      /^.{2}\d\d:\d\d:\d\d +Pods +(?:ready|terminating) +missing +\d+ /m,
    );
    await terminal.press('q');
    expect(await run.left()).toContain('\ncode=1\n');
  },
);

test('ctrl-C leaves at once with 130', async () => {
  const terminal = await openTerminal({ columns: 80, rows: 24 });
  const run = await openDiff(terminal, crowd);
  await terminal.until('drift only');
  await terminal.press('C-c');
  expect(await run.left()).toContain('\ncode=130\n');
});

test('SIGTERM ends it with 143', async () => {
  const terminal = await openTerminal({ columns: 80, rows: 24 });
  const run = await openDiff(terminal, crowd);
  await terminal.until('drift only');
  process.kill(run.pid(), 'SIGTERM');
  expect(await run.left()).toContain('\ncode=143\n');
});

test('nothing goes on without its terminal', async () => {
  const terminal = await openTerminal({ columns: 80, rows: 24 });
  const run = await openDiff(terminal, crowd);
  await terminal.until('drift only');
  const pid = run.pid();
  await terminal.close();
  await eventually('the plugin to be gone', () => isGone(pid), { timeout: 5_000 });
});
