import { renderToString } from 'ink';
import type { Freshness } from '../../source/core/freshness.ts';
import { judge } from '../../source/core/judge.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { actionOf } from '../../source/views/ui/keys.ts';
import type { World } from '../../source/views/ui/model.ts';
import { reduce } from '../../source/views/ui/reduce.ts';
import type { LoadingState } from '../../source/views/ui/loading/loading.ts';
import { LoadingScreen, Screen } from '../../source/views/ui/screen.tsx';
import { initialState, type Action, type Start, type State } from '../../source/views/ui/state.ts';
import { service, snapshot } from './snapshot.ts';

/** Layers of which all is well, as the watch loop tells it at a moment. */
function liveAt(at: string): readonly Freshness[] {
  return (['Pods', 'EndpointSlices', 'Endpoints', 'Upstream'] as const).map((layer) => ({
    layer,
    state: 'Live',
    at,
    isPolled: layer === 'Upstream',
  }));
}

/** `default/httpbin` of this report; `layers` are what the screen shows besides. */
export function worldOf(report: ServiceReport, layers: Partial<Snapshot> = {}): World {
  const httpbin = service({ ...report.metadata, selector: { app: 'httpbin' } });
  const scopeOf = indexScopes(snapshot(layers));
  return { services: [{ service: httpbin, report }], scopeOf, freshness: liveAt(report.observedAt) };
}

/** All that is known of a Snapshot's Services. */
export function judgedWorld(whole: Snapshot): World {
  const services = itemsOf(whole.services);
  const reports = judge(whole, services);
  return {
    services: services.flatMap((one, index) => {
      const report = reports[index];
      return report ? [{ service: one, report }] : [];
    }),
    scopeOf: indexScopes(whole),
    freshness: liveAt(whole.takenAt),
  };
}

/** The first screen, two seconds after the reading. */
export function start(world: World, size: string, given: Partial<Start> = {}): State {
  const [columns = 0, rows = 0] = size.split('x').map(Number);
  const observedAt = world.services[0]?.report.observedAt ?? '2026-03-01T12:00:00Z';
  const now = Date.parse(observedAt) + 2000;
  return initialState({ world, hasList: false, isLive: true, now, size: { columns, rows }, ...given });
}

/** The state after the keys were pressed. */
export function press(state: State, ...keys: readonly string[]): State {
  return keys.reduce((before, key) => {
    const action = actionOf(before, key);
    return action ? reduce(before, action) : before;
  }, state);
}

/** The screen of one report after the keys were pressed. */
export function pressed(report: ServiceReport, size: string, ...keys: readonly string[]): State {
  return press(start(worldOf(report), size), ...keys);
}

/** That a newer report came, `ms` after the last tick. */
export function observed(state: State, world: World, ms = 1000): State {
  return reduce(state, { kind: 'observed', world, now: state.now + ms });
}

export function after(state: State, ...actions: readonly Action[]): State {
  return actions.reduce(reduce, state);
}

/** The screen as text, row by row. */
export function frame(state: State, color = false): string {
  return renderToString(<Screen state={state} color={color} />, { columns: state.size.columns });
}

/** The screen while the first reading goes on. */
export function loadingFrame(state: LoadingState, { isSpoken = false } = {}): string {
  const screen = <LoadingScreen state={state} color={false} isSpoken={isSpoken} />;
  return renderToString(screen, { columns: state.size.columns });
}

/** The screen as a screen reader gets it. */
export function spoken(state: State): string {
  return renderToString(<Screen state={state} color={false} isSpoken />, { columns: 1000 });
}
