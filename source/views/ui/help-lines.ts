import { bindings, keyLabel } from './keys.ts';
import type { ViewKind } from './state.ts';
import { fit, wrap, type Line } from './text.ts';

const labelWidth = 22;

const filterWords: readonly (readonly [string, string])[] = [
  ['10\\.0\\.1\\.', 'rows in which the regular expression matches anything shown'],
  ['!ready', 'rows in which it does not'],
  ['code: pod: node:', 'that value only, as in code:Truncated'],
  ['layer:', 'the layer where the row was first lost, whole: layer:endpoints'],
  ['two words', 'both must hold; write a blank as \\s'],
];

function entry(label: string, meaning: string, width: number): readonly Line[] {
  return wrap(meaning, width - labelWidth).map((text, index): Line => [
    { text: fit(index === 0 ? label : '', labelWidth), tone: 'strong' },
    { text, tone: 'plain' },
  ]);
}

/** The keys that work in the view, in lines of at most `width` columns. */
export function helpLines(view: ViewKind, width: number): readonly Line[] {
  const keys = bindings[view].flatMap(({ keys, meaning }) =>
    entry(keys.map(keyLabel).join(' '), meaning, width),
  );
  if (view !== 'table') return keys;
  const words = filterWords.flatMap(([label, meaning]) => entry(label, meaning, width));
  return [...keys, [], [{ text: 'In a filter', tone: 'quiet' }], ...words];
}
