import type { AddressRow, LayerName } from '../../../core/report.ts';
import { layerColumns, type LayerColumn } from '../../layer-columns.ts';
import { wideColumns } from '../../wide-columns.ts';
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

/** Of the columns of several gateways the first one has the layer's key. */
function layerColumn(
  { name, title, stateOf }: LayerColumn,
  index: number,
  all: readonly LayerColumn[],
): ColumnOf<AddressRow> {
  const isFirst = all.findIndex((column) => column.name === name) === index;
  return {
    title,
    ...(isFirst && { letter: layerLetters[name] }),
    narrowest: Math.max(title.length, stateWords.Absent.length),
    textOf: (row) => {
      const state = stateOf(row);
      return state ? stateWords[state] : '-';
    },
    toneOf: (row) => {
      const state = stateOf(row);
      return state ? stateTones[state] : 'quiet';
    },
  };
}

const titleOf = (name: LayerName) => layerTitles[name].toUpperCase();

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
  ...wideColumns.map(({ textOf, ...column }) => ({
    ...column,
    textOf: (row: AddressRow) => textOf(row) ?? none,
  })),
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
  const { report } = model;
  return {
    rows: report.addresses,
    columns: [...place, ...layerColumns(report, titleOf).map(layerColumn), ...verdict],
    keyOf: ({ address }) => address,
    isDrifted,
    opensOnDrift: true,
    fields,
    linesOf: (row, width) => addressLines(model, row, width),
    emptyWords: 'no address in any layer',
  };
}
