import { groupBy } from '../../core/group-by.ts';
import type { ServiceReport } from '../../core/report.ts';
import { signs } from '../words.ts';
import { noticeHeight, type Size } from './layout.ts';
import type { State } from './state.ts';
import { fit, textWidth, type Line, type Tone } from './text.ts';
import { layerTitles, severityTones } from './words.ts';

/** One line above the table: a finding, or what kept us from finding more. */
export type Notice = {
  readonly sign: string;
  readonly word: string;
  readonly text: string;
  readonly tone: Tone;
};

function reportNotices({ layers, findings }: ServiceReport): readonly Notice[] {
  const unread = layers.flatMap(({ name, state, reason = 'no reason given' }): readonly Notice[] =>
    state === 'Unread'
      ? [{ sign: '?', word: `${layerTitles[name]} unread`, text: reason, tone: 'warning' }]
      : [],
  );
  const found = findings.map(({ severity, code, message, confirmation }): Notice => ({
    sign: signs[severity],
    tone: severityTones[severity],
    word: code,
    text: confirmation?.state === 'Settling' ? `settling: ${message}` : message,
  }));
  return [...unread, ...found];
}

/** Layers that are stale for one reason share a line; all of them need no names. */
function staleNotices({ world: { freshness } }: State): readonly Notice[] {
  const byReason = groupBy(
    freshness.filter(({ state }) => state === 'Stale'),
    ({ reason = 'no reason given' }) => reason,
  );
  return [...byReason].map(([text, layers]) => {
    const names = layers.map(({ layer }) => layerTitles[layer]).join(', ');
    const word = layers.length === freshness.length ? 'Stale' : `${names} stale`;
    return { sign: '!', word, text, tone: 'warning' };
  });
}

/** What could not be read comes first: it bounds what the findings can say. */
export function noticesOf(state: State): readonly Notice[] {
  const { error, view } = state;
  const failed: readonly Notice[] =
    error === undefined ? [] : [{ sign: '!', word: 'Stale', text: error, tone: 'warning' }];
  const stale = [...failed, ...staleNotices(state)];
  if (view.place === 'services') return stale;
  const { isGone, name, model } = view.opened;
  const text = `${name} is not there any more: this is how it was last seen`;
  const gone: readonly Notice[] = isGone ? [{ sign: 'x', word: 'Deleted', text, tone: 'error' }] : [];
  return [...gone, ...stale, ...reportNotices(model.report)];
}

/** The notices that there is room for; the last line counts the others. */
export function noticeLines(notices: readonly Notice[], size: Size): readonly Line[] {
  const height = noticeHeight(size, notices.length);
  const shown = notices.length > height ? notices.slice(0, height - 1) : notices;
  const hidden = notices.length - shown.length;
  const width = Math.max(0, ...shown.map(({ word }) => textWidth(word)));
  const lines = shown.map(({ sign, word, text, tone }): Line => [
    { text: `${sign} ${fit(word, width)}`, tone },
    { text: `  ${text}`, tone: 'plain' },
  ]);
  return hidden === 0
    ? lines
    : [...lines, [{ text: `  and ${hidden} more: tab shows all findings`, tone: 'quiet' }]];
}
