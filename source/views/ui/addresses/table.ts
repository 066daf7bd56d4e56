import type { AddressRow, LayerName } from '../../../core/report.ts';
import type { ServiceModel } from '../model.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import type { Tone } from '../text.ts';
import { layerLetters, layerTitles, none, stateTones, stateWords } from '../words.ts';
import { addressLines } from './lines.ts';

/** Some layer does not hold of this address what it should. */
function isDrifted({ firstDivergence }: AddressRow): boolean {
  return firstDivergence !== undefined;
}

const lostTone = (row: AddressRow): Tone => (isDrifted(row) ? 'error' : 'quiet');

function layerColumn(name: LayerName): ColumnOf<AddressRow> {
  return {
    title: layerTitles[name].toUpperCase(),
    letter: layerLetters[name],
    narrowest: Math.max(layerTitles[name].length, stateWords.Absent.length),
    textOf: (row) => {
      const state = row.in[name];
      return state ? stateWords[state] : '-';
    },
    toneOf: (row) => {
      const state = row.in[name];
      return state ? stateTones[state] : 'quiet';
    },
  };
}

const place: readonly ColumnOf<AddressRow>[] = [
  {
    title: 'ADDRESS',
    letter: 'A',
    textOf: ({ address }) => address,
    orderOf: (_row, index) => index,
    // The longest IPv4 address with a port.
    narrowest: 21,
  },
  { title: 'POD', letter: 'P', textOf: ({ pod = none }) => pod, narrowest: 12, rank: 2, keep: 'end' },
  { title: 'NODE', letter: 'N', textOf: ({ node = none }) => node, rank: 3 },
  { title: 'ZONE', letter: 'Z', textOf: ({ zone = none }) => zone, rank: 5 },
];

const verdict: readonly ColumnOf<AddressRow>[] = [
  {
    title: 'FIRST LOST',
    letter: 'F',
    textOf: ({ firstDivergence: layer }) => (layer ? layerTitles[layer] : '-'),
    toneOf: lostTone,
    rank: 1,
  },
  { title: 'BECAUSE', letter: 'B', textOf: ({ because = '-' }) => because, toneOf: lostTone, rank: 4 },
];

const fields: Readonly<Record<string, Field<AddressRow>>> = {
  code: { textsOf: ({ because = '' }) => [because], meaning: 'the finding that explains it' },
  pod: { textsOf: ({ pod = '' }) => [pod], meaning: 'its pod' },
  node: { textsOf: ({ node = '' }) => [node], meaning: 'the node of the pod' },
  layer: {
    textsOf: ({ firstDivergence: layer }) => (layer ? [layer, layerTitles[layer]] : []),
    meaning: 'the layer where it was first lost, whole: layer:endpoints',
    isWhole: true,
  },
};

/** Every address in every layer; a layer that is absent has no column. */
export function addressTable(model: ServiceModel): TableOf<AddressRow> {
  const { layers, addresses } = model.report;
  const there = layers.filter(({ state }) => state !== 'Absent');
  return {
    rows: addresses,
    columns: [...place, ...there.map(({ name }) => layerColumn(name)), ...verdict],
    keyOf: ({ address }) => address,
    isDrifted,
    opensOnDrift: true,
    fields,
    linesOf: (row, width) => addressLines(model, row, width),
    emptyWords: 'no address in any layer',
  };
}
