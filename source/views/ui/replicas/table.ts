import type { LayerName, ReplicaSummary } from '../../../core/report.ts';
import { blank, fieldLines, titleLine } from '../field-lines.ts';
import type { ServiceModel } from '../model.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import type { Line } from '../text.ts';
import { layerLetters, layerTitles, none } from '../words.ts';

function countIn({ layers }: ReplicaSummary, name: LayerName): string {
  const layer = layers.find((one) => one.name === name);
  if (!layer || layer.state === 'Absent') return none;
  return layer.state === 'Unread' ? 'unread' : String(layer.addresses ?? 0);
}

function layerColumn(name: LayerName): ColumnOf<ReplicaSummary> {
  return {
    title: layerTitles[name].toUpperCase(),
    letter: layerLetters[name],
    textOf: (replica) => countIn(replica, name),
    orderOf: (replica) => Number.parseInt(countIn(replica, name), 10) || -1,
    toneOf: (replica) => (countIn(replica, name) === 'unread' ? 'warning' : 'plain'),
  };
}

const reasonsOf = ({ layers }: ReplicaSummary) => [
  ...new Set(layers.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))),
];

const columns: readonly ColumnOf<ReplicaSummary>[] = [
  { title: 'REPLICA', letter: 'P', textOf: ({ name }) => name, narrowest: 16, keep: 'end' },
  { title: 'GATEWAY', letter: 'W', textOf: ({ gateway }) => gateway, rank: 3 },
  layerColumn('Upstream'),
  layerColumn('Runtime'),
  { ...layerColumn('HealthCheck'), rank: 2 },
  { title: 'DIGEST', letter: 'D', textOf: ({ digest = none }) => digest, rank: 1 },
  {
    title: 'NOTE',
    letter: 'N',
    textOf: (replica) => [...(replica.outlier ? ['x differs'] : []), ...reasonsOf(replica)].join('; ') || '-',
    toneOf: ({ outlier }) => (outlier ? 'error' : 'plain'),
    narrowest: 9,
    rank: 1,
  },
];

const fields: Readonly<Record<string, Field<ReplicaSummary>>> = {
  pod: { textsOf: ({ name }) => [name], meaning: 'the pod of the gateway' },
};

function linesOf(replica: ReplicaSummary, width: number): readonly Line[] {
  const { name, gateway, outlier, digest = none, layers } = replica;
  return [
    titleLine(name),
    ...fieldLines('Gateway', gateway, width),
    ...fieldLines('Digest', digest, width),
    ...fieldLines(
      'Same',
      outlier ? 'no: it uses other addresses' : 'yes',
      width,
      outlier ? 'error' : 'plain',
    ),
    blank,
    ...layers.flatMap((layer) => {
      const reason = layer.reason === undefined ? '' : `, ${layer.reason}`;
      return fieldLines(layerTitles[layer.name], `${countIn(replica, layer.name)}${reason}`, width);
    }),
  ];
}

/** The pods of the gateway side by side. */
export function replicaTable({ report }: ServiceModel): TableOf<ReplicaSummary> {
  return {
    rows: report.replicas ?? [],
    columns,
    keyOf: ({ gateway, name }) => `${gateway} ${name}`,
    isDrifted: ({ outlier }) => outlier,
    fields,
    linesOf,
    emptyWords: report.replicas
      ? 'the gateway has no pod'
      : 'the pods of the gateway were not asked: --all-replicas asks them',
  };
}
