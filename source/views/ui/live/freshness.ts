import type { Freshness } from '../../../core/freshness.ts';
import type { LayerName } from '../../../core/report.ts';
import { age } from '../age.ts';
import type { State } from '../state.ts';
import type { Line, Span } from '../text.ts';
import { layerTitles } from '../words.ts';

/** ms: moments come at least every 5 s; after two that were missed nothing is called live any more. */
const silence = 12_000;

/** Layers that are polled: they are as old as their last answer, where a watch is told of each change. */
const polled: ReadonlySet<LayerName> = new Set(['Upstream', 'Runtime', 'HealthCheck']);

function layerSpan({ layer, state, at }: Freshness, now: number): Span {
  const title = layerTitles[layer];
  const old = age(now - Date.parse(at));
  if (state === 'Stale') return { text: `! ${title} stale ${old}`, tone: 'warning' };
  return { text: `${title} ${polled.has(layer) ? old : 'live'}`, tone: 'good' };
}

function joined(spans: readonly Span[]): Line {
  return spans.flatMap((span, index): Line => (index === 0 ? [span] : [{ text: '  ', tone: 'plain' }, span]));
}

/** The oldest of the stale, else `live`, as one. */
function summary(freshness: readonly Freshness[], now: number): Span {
  const stale = freshness.filter(({ state }) => state === 'Stale');
  if (stale.length === 0) return { text: 'live', tone: 'good' };
  const since = Math.min(...stale.map(({ at }) => Date.parse(at)));
  return { text: `! stale ${age(now - since)}`, tone: 'warning' };
}

/** The watched layers as one where all are live; then the others. */
function grouped(freshness: readonly Freshness[], now: number): Line {
  const watched = freshness.filter(({ layer }) => !polled.has(layer));
  const others = freshness.filter(({ layer }) => polled.has(layer));
  return joined([summary(watched, now), ...others.map((one) => layerSpan(one, now))]);
}

/** How current what is shown is, the most telling form first. */
export function freshnessForms(state: State): readonly Line[] {
  const { isLive, now, heardAt, error, pause, world } = state;
  const { freshness, services } = world;
  if (!isLive) {
    const [first] = services;
    return [[{ text: `recording of ${first?.report.observedAt ?? 'nothing'}`, tone: 'quiet' }]];
  }
  if (pause) {
    const since = age(now - pause.since);
    const short: Span = { text: `|| paused ${since}`, tone: 'warning' };
    const waiting = pause.count === 1 ? '1 update waits' : `${pause.count} updates wait`;
    return [[{ ...short, text: `${short.text}, ${waiting}` }], [short]];
  }
  if (error !== undefined || now - heardAt > silence) {
    return [[{ text: `! stale ${age(now - heardAt)}`, tone: 'warning' }]];
  }
  if (freshness.length === 0) return [[{ text: 'live', tone: 'good' }]];
  return [
    joined(freshness.map((one) => layerSpan(one, now))),
    grouped(freshness, now),
    [summary(freshness, now)],
  ];
}

/** How current it is, in a word that does not change with every second. */
export function freshnessWord({ isLive, now, heardAt, error, pause, world }: State): string {
  if (!isLive) return 'recording';
  if (pause) return 'paused';
  const isStale = world.freshness.some(({ state }) => state === 'Stale');
  return isStale || error !== undefined || now - heardAt > silence ? 'stale' : 'live';
}
