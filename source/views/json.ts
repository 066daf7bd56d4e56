import type { ServiceReport, ServiceReportList } from '../core/report.ts';

/** One report as itself, several as a `ServiceReportList`. */
export function asDocument(
  reports: readonly ServiceReport[],
  several: boolean,
): ServiceReport | ServiceReportList {
  const [only] = reports;
  if (only && reports.length === 1 && !several) return only;
  return { apiVersion: 'eps/v1', kind: 'ServiceReportList', items: reports };
}

/** Indented by four, as kubectl prints JSON. */
export function printJson(document: unknown): string {
  return `${JSON.stringify(document, undefined, 4)}\n`;
}
