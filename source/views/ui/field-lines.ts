import { fit, textWidth, wrap, type Line, type Tone } from './text.ts';

/** Of most labels; a longer one, as of one of several gateways, takes what it needs. */
const labelWidth = 12;
const gap = 2;

export const blank: Line = [];

/** `label  value`, the value going on below itself where it is too long. */
export function fieldLines(
  label: string,
  value: string,
  width: number,
  tone: Tone = 'plain',
): readonly Line[] {
  const labelled = textWidth(label) < labelWidth ? labelWidth : textWidth(label) + gap;
  return wrap(value, width - labelled).map((text, index): Line => [
    { text: fit(index === 0 ? label : '', labelled), tone: 'quiet' },
    { text, tone },
  ]);
}

/** A title of a part of a page. */
export function titleLine(text: string): Line {
  return [{ text, tone: 'strong' }];
}
