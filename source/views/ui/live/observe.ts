import { changesBetween, type Change } from '../../../core/changes.ts';
import { modelOf, type World } from '../model.ts';
import { refreshed, type Observed, type State, type View } from '../state.ts';
import type { Opened } from '../tabs.ts';
import { changedRows, changedServices } from './changed.ts';

/** How many changes the timeline keeps. */
const remembered = 500;

/** ms that a changed row is marked. */
export const flashTime = 2000;

function serviceChange(opened: Opened, to: string, at: string): Change {
  const from = opened.isGone ? 'Deleted' : 'Present';
  return { at, subject: 'Service', from, to, count: 1, addresses: [] };
}

function isRecreated({ model }: Opened, scope: Opened['model']['scope']): boolean {
  return model.scope.service.uid !== scope.service.uid;
}

/** Adds changes, the latest first. */
function withChanges({ timeline, ...opened }: Opened, changes: readonly Change[]): Opened {
  const count = timeline[0]?.number ?? 0;
  const entries = changes.map((change, index) => ({ ...change, number: count + index + 1 }));
  return { ...opened, timeline: [...entries.reverse(), ...timeline].slice(0, remembered) };
}

/** The open Service as it is in a newer world. */
function updated(opened: Opened, world: World, now: number): Opened {
  const model = modelOf(world, opened.name);
  if (!model) {
    if (opened.isGone) return opened;
    const at = new Date(now).toISOString();
    return withChanges({ ...opened, isGone: true }, [serviceChange(opened, 'Deleted', at)]);
  }
  const { report, scope } = model;
  const isBack = opened.isGone || isRecreated(opened, scope);
  const back = isBack ? [serviceChange(opened, 'Recreated', report.observedAt)] : [];
  const changes = [...back, ...changesBetween(opened.model.report, report)];
  return withChanges({ ...opened, model, isGone: false }, changes);
}

function flashed(state: State, keys: readonly string[], now: number): State['flashes'] {
  const recent = [...state.flashes].filter(([, at]) => now - at < flashTime);
  return new Map([...recent, ...keys.map((key) => [key, now] as const)]);
}

function shown(state: State, { world, now }: Observed): State {
  const { view } = state;
  const newer = { ...state, world };
  if (view.place === 'services') {
    const flashes = flashed(state, changedServices(state.world, world), now);
    return refreshed({ ...newer, flashes });
  }
  const opened = updated(view.opened, world, now);
  const flashes = flashed(state, changedRows(view.opened.model, opened.model), now);
  const next: View = { ...view, opened };
  return refreshed({ ...newer, flashes }, next);
}

/** A moment is shown at once, or kept while the screen is paused. */
export function heard(state: State, observed: Observed): State {
  const { now } = observed;
  const current = { ...state, now, heardAt: now, error: undefined };
  const { pause } = state;
  return pause
    ? { ...current, pause: { ...pause, held: observed, count: pause.count + 1 } }
    : shown(current, observed);
}

/** Stops what is shown, or shows what came meanwhile. */
export function togglePause(state: State): State {
  const { pause, now } = state;
  if (!pause) return { ...state, pause: { since: now, held: undefined, count: 0 } };
  const going: State = { ...state, pause: undefined };
  return pause.held ? shown(going, { ...pause.held, now }) : going;
}
