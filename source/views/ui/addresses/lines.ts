import type { AddressRow, ReportFinding } from '../../../core/report.ts';
import { layerColumns, type LayerColumn } from '../../layer-columns.ts';
import { blank, fieldLines, titleLine } from '../field-lines.ts';
import { findingLines } from '../findings/lines.ts';
import type { ServiceModel } from '../model.ts';
import type { Line } from '../text.ts';
import { layerTitles, none, stateTones, stateWords } from '../words.ts';
import { holdersOf } from './holders.ts';

function layerLines(row: AddressRow, { title, stateOf }: LayerColumn, width: number): readonly Line[] {
  const state = stateOf(row);
  return state
    ? fieldLines(title, stateWords[state], width, stateTones[state])
    : fieldLines(title, 'not looked at', width, 'quiet');
}

/** The findings that speak of the row, the one that explains it first. */
function findingsOf(row: AddressRow, findings: readonly ReportFinding[]): readonly ReportFinding[] {
  const about = findings.filter(
    ({ code, addresses, pods = [] }) =>
      code === row.because || addresses.includes(row.address) || pods.some((pod) => pod === row.pod),
  );
  return [
    ...about.filter(({ code }) => code === row.because),
    ...about.filter(({ code }) => code !== row.because),
  ];
}

function holderLines(model: ServiceModel, row: AddressRow, width: number): readonly Line[] {
  const holders = holdersOf(model.scope, row.address);
  if (holders.length === 0) return [];
  return [
    blank,
    titleLine('In these objects'),
    ...holders.flatMap(({ layer, object, says }) =>
      fieldLines(`  ${layerTitles[layer]}`, `${object}: ${says}`, width),
    ),
  ];
}

/** Everything known of one address, and why. */
export function addressLines(model: ServiceModel, row: AddressRow, width: number): readonly Line[] {
  const { report } = model;
  const { pod = none, node = none, zone = none, because = '-', firstDivergence } = row;
  const there = layerColumns(report, (name) => layerTitles[name]);
  return [
    titleLine(row.address),
    ...fieldLines('Pod', pod, width),
    ...fieldLines('Node', node, width),
    ...fieldLines('Zone', zone, width),
    blank,
    ...there.flatMap((column) => layerLines(row, column, width)),
    blank,
    ...fieldLines('First lost', firstDivergence ? layerTitles[firstDivergence] : '-', width),
    ...fieldLines('Because', because, width),
    ...findingsOf(row, report.findings).flatMap((finding) => [blank, ...findingLines(finding, width)]),
    ...holderLines(model, row, width),
  ];
}
