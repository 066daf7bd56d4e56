import { describe, expect, test } from 'vitest';
import type { Freshness } from '../../../../source/core/freshness.ts';
import type { ServiceReport } from '../../../../source/core/report.ts';
import { lineWidth, paint } from '../../../../source/views/ui/text.ts';
import { freshnessForms } from '../../../../source/views/ui/live/freshness.ts';
import type { World } from '../../../../source/views/ui/model.ts';
import type { State } from '../../../../source/views/ui/state.ts';
import { syncedReport, truncatedReport } from '../../../helpers/report.ts';
import { after, frame, observed, press, start, worldOf } from '../../../helpers/screen.tsx';

const report = syncedReport(3);
const world = worldOf(report);

/** `text` of every row, for tables that fit on the screen. */
function rows({ table: { table }, now }: State): readonly (readonly string[])[] {
  const columns = table.columns();
  return Array.from({ length: table.count }, (_, index) => columns.map(({ textAt }) => textAt(index, now)));
}

/** The report with another state of its first address in Endpoints. */
function without(seconds: number): ServiceReport {
  const [first, ...others] = report.addresses;
  if (!first) throw new Error('no address');
  const lost = { ...first, in: { ...first.in, Endpoints: 'Absent' } } as const;
  return { ...report, observedAt: `2026-03-01T12:00:0${seconds}Z`, addresses: [lost, ...others] };
}

const opened = start(world, '100x20');

describe('a change', () => {
  const changed = observed(opened, worldOf(without(3)));

  test('is marked for two seconds, by a sign', () => {
    const first = (state: State) => frame(state).split('\n')[4]?.slice(0, 4);
    expect(first(opened)).toBe('> 10');
    expect(first(changed)).toBe('>*10');
    expect(first(after(changed, { kind: 'tick', now: changed.now + 1999 }))).toBe('>*10');
    expect(first(after(changed, { kind: 'tick', now: changed.now + 2000 }))).toBe('> 10');
  });

  test('is in the timeline with its time, the latest first', () => {
    const back = observed(changed, worldOf({ ...report, observedAt: '2026-03-01T12:00:05Z' }));
    expect(rows(press(back, 'shift-tab', 'shift-tab'))).toEqual([
      ['12:00:05', 'Endpoints', 'missing', 'ready', '1', '10.0.0.1:8080'],
      ['12:00:03', 'Endpoints', 'ready', 'missing', '1', '10.0.0.1:8080'],
    ]);
  });

  test('that all addresses share is one line', () => {
    const gone = observed(opened, worldOf({ ...report, addresses: [] }));
    const what = rows(press(gone, 'shift-tab', 'shift-tab')).map((row) => row.slice(1, 5).join(' '));
    expect(what).toEqual([
      'APISIX present missing 3',
      'Endpoints ready missing 3',
      'Slices ready missing 3',
      'Pods ready missing 3',
    ]);
  });

  test('of the verdict and the findings is there too', () => {
    const drifted = observed(opened, worldOf(truncatedReport(1002)));
    const what = rows(press(drifted, 'shift-tab', 'shift-tab')).map((row) => row.slice(1, 4).join(' '));
    expect(what.slice(0, 3)).toEqual([
      'Status synced drift',
      'UpstreamCutByEndpoints - 2',
      'EndpointsTruncated - 2',
    ]);
  });

  test('and 499 before it are remembered, no more', () => {
    const states = [worldOf(without(3)), world];
    const many = Array.from({ length: 600 }, (_, index) => states[index % 2] ?? world);
    const last = many.reduce((state, next) => observed(state, next), opened);
    const { table } = press(last, 'shift-tab', 'shift-tab').table;
    expect(table.count).toBe(500);
    expect(table.keyAt(0)).toBe('600');
  });
});

describe('a paused screen', () => {
  const paused = press(opened, 'p');
  const later = observed(observed(paused, worldOf(without(3))), worldOf(truncatedReport(1002)), 4000);

  test('shows nothing new and says how long and how much waits', () => {
    expect(frame(later).split('\n').slice(1)).toEqual(frame(paused).split('\n').slice(1));
    expect(paint(freshnessForms(later)[0] ?? [], false)).toBe('|| paused 5 s, 2 updates wait');
  });

  test('goes on with the latest', () => {
    expect(frame(press(later, 'p'))).toContain('2 of 1002');
    expect(press(later, 'p').pause).toBeUndefined();
  });
});

describe('a Service that is deleted', () => {
  const nobody: World = { ...world, services: [] };
  const gone = observed(opened, nobody);

  test('is shown as it was last seen, and called so', () => {
    const lines = frame(gone).split('\n');
    expect(lines[0]).toContain('default/httpbin  Deleted');
    expect(lines[2]).toBe('x Deleted  default/httpbin is not there any more: this is how it was last seen');
    expect(lines.join('\n')).toContain('> 10.0.0.1:8080');
  });

  test('and made again is back', () => {
    const [one] = world.services;
    if (!one) throw new Error('no Service');
    const again = worldOf({ ...report, observedAt: '2026-03-01T12:00:09Z' });
    const back = observed(observed(gone, nobody), again);
    expect(frame(back)).toContain('default/httpbin  Synced');
    expect(rows(press(back, 'shift-tab', 'shift-tab')).map((row) => row.slice(1, 4))).toEqual([
      ['Service', 'deleted', 'recreated'],
      ['Service', 'present', 'deleted'],
    ]);
  });
});

describe('how current it is', () => {
  const at = '2026-03-01T12:00:00Z';
  const stale = (layer: Freshness['layer'], reason = 'connection refused'): Freshness => ({
    layer,
    state: 'Stale',
    at,
    isPolled: false,
    reason,
  });
  const forms = (state: State) => freshnessForms(state).map((line) => paint(line, false));
  const withFreshness = (freshness: readonly Freshness[]) =>
    observed(opened, { ...world, freshness }, 10_000);

  test('is said of each layer where there is room', () => {
    expect(forms(opened)).toEqual([
      'Pods live  Slices live  Endpoints live  APISIX 2 s',
      'live  APISIX 2 s',
      'live',
    ]);
    for (const form of freshnessForms(opened)) expect(lineWidth(form)).toBeLessThanOrEqual(50);
  });

  test('a stale layer is never called live', () => {
    const one = world.freshness.map((each) => (each.layer === 'Pods' ? stale('Pods') : each));
    expect(forms(withFreshness(one))).toEqual([
      '! Pods stale 12 s  Slices live  Endpoints live  APISIX 12 s',
      '! stale 12 s  APISIX 12 s',
      '! stale 12 s',
    ]);
  });

  test('what may not be watched is as old as its last list', () => {
    const polled = world.freshness.map((each) => ({ ...each, at, isPolled: true }));
    expect(forms(withFreshness(polled))).toEqual([
      'Pods 12 s  Slices 12 s  Endpoints 12 s  APISIX 12 s',
      'Pods 12 s  Slices 12 s  Endpoints 12 s  APISIX 12 s',
      'live',
    ]);
  });

  test('a layer of which nothing came has no age', () => {
    const never: Freshness = { layer: 'Pods', state: 'Stale', isPolled: false, reason: 'forbidden' };
    expect(forms(withFreshness([never, stale('Endpoints')]))).toEqual([
      '! Pods never read  ! Endpoints stale 12 s',
      '! never read',
      '! never read',
    ]);
  });

  test('layers that are stale for one reason share a notice', () => {
    const lines = frame(withFreshness([stale('Pods'), stale('Endpoints'), stale('Upstream', '401')])).split(
      '\n',
    );
    expect(lines.slice(2, 5)).toEqual([
      '! Pods, Endpoints stale  connection refused',
      '! APISIX stale           401',
      '[addresses 3]  findings 0  slices 0  replicas  timeline 0  events',
    ]);
  });

  test('silence is stale, and so is a failure', () => {
    expect(forms(after(opened, { kind: 'tick', now: opened.now + 12_000 }))).toContain('live');
    expect(forms(after(opened, { kind: 'tick', now: opened.now + 12_001 }))).toEqual(['! stale 12 s']);
    expect(forms(after(opened, { kind: 'failed', error: 'a bug' }))).toEqual(['! stale 0 s']);
  });

  test('a recording has a date and no age', () => {
    const recording = start(world, '80x24', { isLive: false });
    expect(forms(recording)).toEqual(['recording of 2026-03-01T12:00:00Z']);
  });
});
