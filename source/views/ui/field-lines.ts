import { fit, wrap, type Line, type Tone } from './text.ts';

const labelWidth = 12;

export const blank: Line = [];

/** `label  value`, the value going on below itself where it is too long. */
export function fieldLines(
  label: string,
  value: string,
  width: number,
  tone: Tone = 'plain',
): readonly Line[] {
  return wrap(value, width - labelWidth).map((text, index): Line => [
    { text: fit(index === 0 ? label : '', labelWidth), tone: 'quiet' },
    { text, tone },
  ]);
}

/** A title of a part of a page. */
export function titleLine(text: string): Line {
  return [{ text, tone: 'strong' }];
}
