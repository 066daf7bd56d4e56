import type { DoctorReport } from '../core/doctor/report.ts';
import { columns } from './columns.ts';
import { escapeText } from './escape.ts';
import { findingLines } from './table.ts';

const unknown = '<unknown>';

function controllerTable({ controllers }: DoctorReport): string {
  const rows = controllers.map(({ namespace, name, pods, generation, reads, writesTo, source, unread }) => [
    `${namespace}/${name}`,
    String(pods.length),
    generation === 'Unknown' ? unknown : generation,
    reads ?? unknown,
    writesTo === 'Unknown' ? unknown : writesTo,
    source ?? unread ?? unknown,
  ]);
  const head = ['CONTROLLER', 'PODS', 'GENERATION', 'READS', 'WRITES TO', 'AS SAID BY'];
  return rows.length === 0 ? '' : columns([head, ...rows]);
}

/** Those that the user has are of interest to few. */
function permissionTable({ permissions }: DoctorReport, wide: boolean): string {
  const rows = permissions
    .filter(({ allowed }) => wide || allowed === 'Unknown')
    .map(({ verb, resource, group, namespace, allowed, reason, usedBy }) => [
      `${verb} ${group === '' ? resource : `${resource}.${group}`}`,
      namespace === '' ? '<all>' : namespace,
      reason === undefined ? allowed.toLowerCase() : `${allowed.toLowerCase()}: ${reason}`,
      usedBy.join(','),
    ]);
  return rows.length === 0 ? '' : columns([['PERMISSION', 'NAMESPACE', 'ALLOWED', 'USED BY'], ...rows]);
}

/** The report for people: versions, controllers, permissions, remarks, then what was found. */
export function printDoctorTable(
  report: DoctorReport,
  { wide, color }: { readonly wide: boolean; readonly color: boolean },
): string {
  const { versions, notes, findings } = report;
  const components = versions.map(({ component, version = unknown, where }) => [component, version, where]);
  const sections = [
    columns([['COMPONENT', 'VERSION', 'WHERE'], ...components]),
    controllerTable(report),
    permissionTable(report, wide),
    notes.map((note) => `note: ${escapeText(note)}\n`).join(''),
    findings.length === 0
      ? 'Nothing is wrong.\n'
      : findings.map((finding) => findingLines(finding, color)).join(''),
  ];
  return sections.filter((section) => section !== '').join('\n');
}
