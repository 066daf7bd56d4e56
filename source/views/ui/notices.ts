import type { ServiceReport } from '../../core/report.ts';
import { noticeHeight, type Size } from './layout.ts';
import { fit, textWidth, type Line, type Tone } from './text.ts';
import { signs } from '../words.ts';
import { layerTitles, severityTones } from './words.ts';

/** One line above the table: a finding, or what kept us from finding more. */
export type Notice = {
  readonly sign: string;
  readonly word: string;
  readonly text: string;
  readonly tone: Tone;
};

/** What could not be read comes first: it bounds what the findings can say. */
export function noticesOf(report: ServiceReport, error: string | undefined): readonly Notice[] {
  const stale: readonly Notice[] =
    error === undefined ? [] : [{ sign: '!', word: 'Stale', text: error, tone: 'warning' }];
  const unread = report.layers.flatMap(({ name, state, reason = 'no reason given' }): readonly Notice[] =>
    state === 'Unread'
      ? [{ sign: '?', word: `${layerTitles[name]} unread`, text: reason, tone: 'warning' }]
      : [],
  );
  const findings = report.findings.map(({ severity, code, message, confirmation }): Notice => ({
    sign: signs[severity],
    tone: severityTones[severity],
    word: code,
    text: confirmation?.state === 'Settling' ? `settling: ${message}` : message,
  }));
  return [...stale, ...unread, ...findings];
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
    : [...lines, [{ text: `  and ${hidden} more, in the report printed on leaving`, tone: 'quiet' }]];
}
