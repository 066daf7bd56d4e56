import type { AddressRow, LayerName, ReportFinding, ServiceReport } from '../../core/report.ts';
import { fit, wrap, type Line, type Tone } from './text.ts';
import { signs } from '../words.ts';
import { layerTitles, severityTones, stateTones, stateWords } from './words.ts';

const labelWidth = 12;
const blank: Line = [];

/** `label  value`, the value going on below itself where it is too long. */
function field(label: string, value: string, width: number, tone: Tone = 'plain'): readonly Line[] {
  return wrap(value, width - labelWidth).map((text, index): Line => [
    { text: fit(index === 0 ? label : '', labelWidth), tone: 'quiet' },
    { text, tone },
  ]);
}

function layerField(row: AddressRow, name: LayerName, width: number): readonly Line[] {
  const state = row.in[name];
  return state
    ? field(layerTitles[name], stateWords[state], width, stateTones[state])
    : field(layerTitles[name], 'not looked at', width, 'quiet');
}

const sightingWords = { Confirmed: 'confirmed since ', Settling: 'settling since ' } as const;

function findingLines(
  { code, severity, message, hint, references, confirmation }: ReportFinding,
  width: number,
): readonly Line[] {
  return [
    blank,
    [{ text: `${signs[severity]} ${code}`, tone: severityTones[severity] }],
    ...field('  what', message, width),
    ...(confirmation ? field('  seen', sightingWords[confirmation.state] + confirmation.since, width) : []),
    ...field('  do', hint, width, 'strong'),
    ...(references.length === 0 ? [] : field('  see', references.join(', '), width, 'quiet')),
  ];
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

/** Everything the report knows of one address, in lines of at most `width` columns. */
export function detailLines(report: ServiceReport, address: string, width: number): readonly Line[] {
  const row = report.addresses.find((each) => each.address === address);
  if (!row) return [[{ text: `${address} is in no layer any more`, tone: 'warning' }]];
  const { pod = '<none>', node = '<none>', zone = '<none>', because = '-', firstDivergence } = row;
  return [
    [{ text: address, tone: 'strong' }],
    ...field('Pod', pod, width),
    ...field('Node', node, width),
    ...field('Zone', zone, width),
    blank,
    ...report.layers
      .filter(({ state }) => state !== 'Absent')
      .flatMap(({ name }) => layerField(row, name, width)),
    blank,
    ...field('First lost', firstDivergence ? layerTitles[firstDivergence] : '-', width),
    ...field('Because', because, width),
    ...findingsOf(row, report.findings).flatMap((finding) => findingLines(finding, width)),
  ];
}
