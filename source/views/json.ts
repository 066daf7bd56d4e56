import type { ServiceReport, ServiceReportList } from '../core/report.ts';
import { escapeCode } from './escape.ts';

/** One report as itself, several as a `ServiceReportList`. */
export function asDocument(
  reports: readonly ServiceReport[],
  several: boolean,
): ServiceReport | ServiceReportList {
  const [only] = reports;
  if (only && reports.length === 1 && !several) return only;
  return { apiVersion: 'eps/v1', kind: 'ServiceReportList', items: reports };
}

/** What JSON.stringify leaves as it is, and a terminal may obey. */
const unsafe = /[\u007f-\u009f\p{Bidi_Control}]/gu;

/** A document in one line, harmless to a terminal. */
export function jsonLine(document: unknown): string {
  return `${JSON.stringify(document).replace(unsafe, escapeCode)}\n`;
}

/** Indented by four, as kubectl prints JSON. */
export function printJson(document: unknown): string {
  return `${JSON.stringify(document, undefined, 4).replace(unsafe, escapeCode)}\n`;
}
