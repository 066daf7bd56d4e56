import { bindingsOf, keyLabel } from './keys.ts';
import type { State } from './state.ts';
import { fit, wrap, type Line } from './text.ts';

const labelWidth = 22;

function entry(label: string, meaning: string, width: number): readonly Line[] {
  return wrap(meaning, width - labelWidth).map((text, index): Line => [
    { text: fit(index === 0 ? label : '', labelWidth), tone: 'strong' },
    { text, tone: 'plain' },
  ]);
}

function title(text: string): readonly Line[] {
  return [[], [{ text, tone: 'quiet' }]];
}

function filterLines({ table: { table } }: State, width: number): readonly Line[] {
  return [
    ...title('In a filter'),
    ...entry('10\\.0\\.1\\.', 'rows in which the regular expression matches anything shown', width),
    ...entry('!ready', 'rows in which it does not', width),
    ...Object.entries(table.fields).flatMap(([name, { meaning }]) => entry(`${name}:`, meaning, width)),
    ...entry('two words', 'both must hold; write a blank as \\s', width),
  ];
}

/** The keys that work here, in lines as wide as the screen. */
export function helpLines(state: State): readonly Line[] {
  const { columns: width } = state.size;
  const bindings = bindingsOf(state);
  const keys = bindings
    .filter(({ action }) => action.kind !== 'sort')
    .flatMap(({ keys: names, meaning }) => entry(names.map(keyLabel).join(' '), meaning, width));
  const sorts = bindings.flatMap(({ keys: [letter = ''], meaning, action }) =>
    action.kind === 'sort' ? entry(letter, meaning, width) : [],
  );
  if (state.mode.kind !== 'table') return keys;
  return [...keys, ...title('Sort by; again turns it around'), ...sorts, ...filterLines(state, width)];
}
