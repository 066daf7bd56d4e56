import { findingKeys } from '../../../core/finding-keys.ts';
import type { ReportFinding } from '../../../core/report.ts';
import { signs } from '../../words.ts';
import { blank, titleLine } from '../field-lines.ts';
import type { ServiceModel } from '../model.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import { wrap, type Line } from '../text.ts';
import { layerTitles, severityTones } from '../words.ts';
import { explainLines } from './explain.ts';
import { findingLines } from './lines.ts';

const severities = ['Error', 'Warning', 'Info'];
const settling = ({ confirmation }: ReportFinding) => (confirmation ? confirmation.state.toLowerCase() : '-');

const layerTitle = ({ layer }: ReportFinding) => (layer === 'Service' ? layer : layerTitles[layer]);

const columns: readonly ColumnOf<ReportFinding>[] = [
  {
    title: 'FINDING',
    letter: 'F',
    textOf: ({ severity, code }) => `${signs[severity]} ${code}`,
    orderOf: ({ code }) => code,
    toneOf: ({ severity }) => severityTones[severity],
  },
  {
    title: 'SEVERITY',
    letter: 'S',
    textOf: ({ severity }) => severity,
    orderOf: ({ severity }) => severities.indexOf(severity),
    rank: 2,
  },
  { title: 'LAYER', letter: 'L', textOf: layerTitle, rank: 1 },
  { title: 'PORT', letter: 'P', textOf: ({ port = '-' }) => port, rank: 4 },
  { title: 'COUNT', letter: 'C', textOf: ({ count }) => String(count), orderOf: ({ count }) => count },
  {
    title: 'STATE',
    letter: 'T',
    textOf: settling,
    toneOf: ({ confirmation }) => (confirmation?.state === 'Settling' ? 'warning' : 'plain'),
    // `confirmed`, which all will be: so that columns do not jump.
    width: 9,
    rank: 3,
  },
  { title: 'MESSAGE', letter: 'M', textOf: ({ message }) => message, narrowest: 20, rank: 5 },
];

const fields: Readonly<Record<string, Field<ReportFinding>>> = {
  code: { textsOf: ({ code }) => [code], meaning: 'its code' },
  pod: { textsOf: ({ pods = [] }) => pods, meaning: 'pods that it is about' },
  layer: {
    textsOf: (row) => [row.layer, layerTitle(row)],
    meaning: 'its layer, whole: layer:endpoints',
    isWhole: true,
  },
};

function listed(title: string, names: readonly string[], width: number): readonly Line[] {
  if (names.length === 0) return [];
  const lines = wrap(names.join(' '), width).map((text): Line => [{ text, tone: 'plain' }]);
  return [blank, titleLine(`${title}: ${names.length}`), ...lines];
}

function linesOf(finding: ReportFinding, width: number): readonly Line[] {
  const { code, addresses, pods = [] } = finding;
  return [
    ...findingLines(finding, width),
    blank,
    titleLine(`kubectl eps explain ${code}`),
    ...explainLines(code, width).map((text): Line => [{ text, tone: 'plain' }]),
    ...listed('Addresses', addresses, width),
    ...listed('Pods', pods, width),
  ];
}

/** What the report finds. */
export function findingTable({ report: { findings } }: ServiceModel): TableOf<ReportFinding> {
  const keys = findingKeys(findings);
  return {
    rows: findings,
    columns,
    keyOf: (finding) => keys.get(finding) ?? '',
    isDrifted: ({ severity }) => severity !== 'Info',
    fields,
    linesOf,
    emptyWords: 'nothing to find: every layer holds what it should',
  };
}
