import type { Freshness } from '../../../core/freshness.ts';
import { age } from '../age.ts';
import type { State } from '../state.ts';
import type { Line, Span } from '../text.ts';
import { layerTitles } from '../words.ts';

/** ms: moments come at least every 5 s; after two that were missed nothing is called live any more. */
const silence = 12_000;

function staleSince(at: string | undefined, now: number): string {
  return at === undefined ? 'never read' : `stale ${age(now - Date.parse(at))}`;
}

/** What is polled is as old as its last answer, where a watch is told of each change. */
function layerSpan({ layer, state, at, isPolled }: Freshness, now: number): Span {
  const title = layerTitles[layer];
  if (state === 'Stale') return { text: `! ${title} ${staleSince(at, now)}`, tone: 'warning' };
  const isAged = isPolled && at !== undefined;
  return { text: `${title} ${isAged ? age(now - Date.parse(at)) : 'live'}`, tone: 'good' };
}

function joined(spans: readonly Span[]): Line {
  return spans.flatMap((span, index): Line => (index === 0 ? [span] : [{ text: '  ', tone: 'plain' }, span]));
}

/** The oldest of the stale, else `live`, as one. */
function summary(freshness: readonly Freshness[], now: number): Span {
  const stale = freshness.filter(({ state }) => state === 'Stale');
  if (stale.length === 0) return { text: 'live', tone: 'good' };
  // What was never read is the oldest.
  const [oldest] = stale.map(({ at }) => at ?? '').sort();
  return { text: `! ${staleSince(oldest === '' ? undefined : oldest, now)}`, tone: 'warning' };
}

/** The watched layers as one where all are live; then the others. */
function grouped(freshness: readonly Freshness[], now: number): Line {
  const watched = freshness.filter(({ isPolled }) => !isPolled);
  const others = freshness.filter(({ isPolled }) => isPolled);
  const asOne = watched.length === 0 ? [] : [summary(watched, now)];
  return joined([...asOne, ...others.map((one) => layerSpan(one, now))]);
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
