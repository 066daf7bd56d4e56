import type {
  AddressRow,
  AddressState,
  CutAtReplicas,
  LayerSummary,
  ReportFinding,
  ServiceReport,
} from '../core/report.ts';
import { columns } from './columns.ts';
import { escapeText } from './escape.ts';
import { layerColumns } from './layer-columns.ts';
import { printReplicas } from './replica-table.ts';
import { tone } from './tone.ts';
import { wideColumns } from './wide-columns.ts';
import { signs } from './words.ts';

export type TableOptions = {
  /** Which addresses to list; `all` with node and zone. */
  readonly rows: 'all' | 'diverging' | 'none';
  readonly color: boolean;
};

const none = '<none>';

/** Every layer, and under one of the gateways' what each of several has of it. */
function layerTable({ layers, gateways = [] }: ServiceReport): string {
  const cell = (value: number | undefined) => (value === undefined ? none : String(value));
  const inGateways = (layer: LayerSummary) =>
    gateways.flatMap((gateway) =>
      gateway.layers
        .filter(({ name }) => name === layer.name)
        .map((own) => ({ ...own, name: `${own.name}(${gateway.name})` })),
    );
  const there = layers
    .flatMap((layer) => [layer, ...inGateways(layer)])
    .filter(({ state }) => state !== 'Absent');
  const isChecked = there.some(({ healthy }) => healthy !== undefined);
  const reasons = there.some(({ reason }) => reason !== undefined);
  const rows = there.map(({ name, state, objects, addresses, ready, healthy, reason = none }) => [
    name,
    state,
    cell(objects),
    cell(addresses),
    cell(ready),
    ...(isChecked ? [cell(healthy)] : []),
    ...(reasons ? [reason] : []),
  ]);
  const optionals = [...(isChecked ? ['HEALTHY'] : []), ...(reasons ? ['REASON'] : [])];
  return columns([['LAYER', 'STATE', 'OBJECTS', 'ADDRESSES', 'READY', ...optionals], ...rows]);
}

/** A line for the finding, one for what to do. */
export function findingLines(finding: ReportFinding, color: boolean): string {
  const { code, severity, message, hint, port, gateway, confirmation } = finding;
  const remarks = [
    ...(port === undefined ? [] : [`port ${port}`]),
    ...(gateway === undefined || gateway === 'apisix' ? [] : [`gateway ${gateway}`]),
    ...(confirmation?.state === 'Settling' ? ['settling'] : []),
  ];
  const where = remarks.length === 0 ? '' : ` (${remarks.join(', ')})`;
  const head = tone(severity, `${signs[severity]} ${code}`, color);
  return `${head}${escapeText(where)}: ${escapeText(message)}\n    ${escapeText(hint)}\n`;
}

/** `-` where nothing is known of it. */
const stateWord = (state: AddressState | undefined): string => state?.toLowerCase() ?? '-';

function addressTable(report: ServiceReport, rows: readonly AddressRow[], wide: boolean): string {
  const layers = layerColumns(report, (name) => name.toUpperCase());
  const more = wide ? wideColumns : [];
  const titles = [...more, ...layers].map(({ title }) => title);
  const head = ['ADDRESS', 'POD', ...titles, 'FIRST LOST', 'BECAUSE'];
  const lines = rows.map((row) => [
    row.address,
    row.pod ?? none,
    ...more.map(({ textOf }) => textOf(row) ?? none),
    ...layers.map(({ stateOf }) => stateWord(stateOf(row))),
    row.firstDivergence ?? none,
    row.because ?? none,
  ]);
  return columns([head, ...lines]);
}

function aheadTable({ replicas, count, addresses }: CutAtReplicas): string {
  const beyond = count === 0 ? 'Endpoints would have them all' : `Endpoints would lack ${count}`;
  const lines = addresses.map(({ address, pod = none, cut }) => [address, pod, cut.toLowerCase()]);
  const table = lines.length === 0 ? '' : columns([['ADDRESS', 'POD', 'CUT'], ...lines]);
  return `At ${replicas} ready pods: ${beyond}\n${table}`;
}

/** The report for people: verdict, layers, findings, then addresses. */
export function printTable(report: ServiceReport, { rows, color }: TableOptions): string {
  const { namespace, name } = report.metadata;
  const wide = rows === 'all';
  const listed = report.addresses.filter(
    ({ firstDivergence }) => wide || (rows === 'diverging' && firstDivergence !== undefined),
  );
  const sections = [
    `${escapeText(`${namespace}/${name}`)}: ${tone(report.status, report.status, color)}\n`,
    layerTable(report),
    (report.caveats ?? []).map((caveat) => `note: ${escapeText(caveat)}\n`).join(''),
    report.replicas ? printReplicas(report.replicas) : '',
    report.findings.map((finding) => findingLines(finding, color)).join(''),
    listed.length === 0 ? '' : addressTable(report, listed, wide),
    report.atReplicas ? aheadTable(report.atReplicas) : '',
  ];
  return sections.filter((section) => section !== '').join('\n');
}
