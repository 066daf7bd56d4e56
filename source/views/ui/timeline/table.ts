import type { Change } from '../../../core/changes.ts';
import type { AddressState, LayerName } from '../../../core/report.ts';
import { blank, fieldLines, titleLine } from '../field-lines.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import type { Line, Tone } from '../text.ts';
import { layerTitles, stateTones, stateWords } from '../words.ts';

/** A change with a number of its own, so that it is found again when others come. */
export type Entry = Change & { readonly number: number };

function isLayer(subject: string): subject is LayerName {
  return Object.hasOwn(layerTitles, subject);
}

function isState(word: string): word is AddressState {
  return Object.hasOwn(stateWords, word);
}

const subjectOf = ({ subject }: Entry) => (isLayer(subject) ? layerTitles[subject] : subject);

const wordOf = (state: string) => (isState(state) ? stateWords[state] : state.toLowerCase());

const toneOf = ({ to }: Entry): Tone => (isState(to) ? stateTones[to] : 'plain');

/** `12:00:02` */
const clock = (at: string) => at.slice(11, 19);

const columns: readonly ColumnOf<Entry>[] = [
  { title: 'TIME', letter: 'T', textOf: ({ at }) => clock(at), orderOf: ({ number }) => number, width: 8 },
  { title: 'WHAT', letter: 'W', textOf: subjectOf },
  { title: 'FROM', letter: 'F', textOf: ({ from }) => wordOf(from) },
  { title: 'TO', letter: 'O', textOf: ({ to }) => wordOf(to), toneOf },
  { title: 'COUNT', letter: 'C', textOf: ({ count }) => String(count), orderOf: ({ count }) => count },
  {
    title: 'WHICH',
    letter: 'H',
    // More than a screen's width of them is never seen.
    textOf: ({ addresses }) => addresses.slice(0, 20).join(' ') || '-',
    narrowest: 16,
    rank: 1,
  },
];

const fields: Readonly<Record<string, Field<Entry>>> = {
  layer: {
    textsOf: (entry) => [entry.subject, subjectOf(entry)],
    meaning: 'the layer, whole: layer:endpoints',
    isWhole: true,
  },
  code: { textsOf: ({ subject }) => [subject], meaning: 'the finding' },
};

function linesOf(entry: Entry, width: number): readonly Line[] {
  const { at, from, to, count, addresses } = entry;
  return [
    titleLine(`${subjectOf(entry)}: ${wordOf(from)} -> ${wordOf(to)}`),
    ...fieldLines('Seen', at, width),
    ...fieldLines('Count', String(count), width),
    blank,
    ...addresses.map((text): Line => [{ text, tone: 'plain' }]),
  ];
}

/** What has changed since the screen was opened, the latest first. */
export function timelineTable(entries: readonly Entry[]): TableOf<Entry> {
  return {
    rows: entries,
    columns,
    keyOf: ({ number }) => String(number),
    fields,
    linesOf,
    emptyWords: 'nothing has changed since the screen was opened',
  };
}
