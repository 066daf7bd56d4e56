import type { AddressRow, LayerName, ReportFinding } from '../../../core/report.ts';
import { blank, fieldLines, titleLine } from '../field-lines.ts';
import { findingLines } from '../findings/lines.ts';
import type { ServiceModel } from '../model.ts';
import type { Line } from '../text.ts';
import { layerTitles, none, stateTones, stateWords } from '../words.ts';
import { holdersOf } from './holders.ts';

function layerLines(row: AddressRow, name: LayerName, width: number): readonly Line[] {
  const state = row.in[name];
  return state
    ? fieldLines(layerTitles[name], stateWords[state], width, stateTones[state])
    : fieldLines(layerTitles[name], 'not looked at', width, 'quiet');
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
  const { layers, findings } = model.report;
  const { pod = none, node = none, zone = none, because = '-', firstDivergence } = row;
  const there = layers.filter(({ state }) => state !== 'Absent');
  return [
    titleLine(row.address),
    ...fieldLines('Pod', pod, width),
    ...fieldLines('Node', node, width),
    ...fieldLines('Zone', zone, width),
    blank,
    ...there.flatMap(({ name }) => layerLines(row, name, width)),
    blank,
    ...fieldLines('First lost', firstDivergence ? layerTitles[firstDivergence] : '-', width),
    ...fieldLines('Because', because, width),
    ...findingsOf(row, findings).flatMap((finding) => [blank, ...findingLines(finding, width)]),
    ...holderLines(model, row, width),
  ];
}
