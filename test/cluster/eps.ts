import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ServiceReport, ServiceReportList, Severity, Status } from '../../source/core/report.ts';
import { textOf, withoutSecrets } from '../helpers/secrets.ts';
import { sharedPlane } from './fixtures.ts';
import { execute, type ExecuteOptions, type Outcome } from './plane/execute.ts';

const plane = sharedPlane();

/** Where the plugin is: what `npm run build` left, or an unpacked archive as in CI. */
const folder = process.env['KUBECTL_EPS_FOLDER'] ?? path.join(import.meta.dirname, '../../dist');

/** The real kubectl first on PATH, then the plugin. */
export const env = { ...plane.env, PATH: [plane.programs, folder, process.env['PATH']].join(path.delimiter) };

export type EpsOptions = Pick<ExecuteOptions, 'input'> & {
  /** Variables beside those of every run. */
  readonly extraEnv?: Readonly<Record<string, string>>;
};

/** What a run has put into files, as text. */
function written([command, ...args]: readonly string[]): readonly string[] {
  const file = command === 'snapshot' ? args[args.indexOf('-f') + 1] : undefined;
  return file !== undefined && existsSync(file) ? [textOf(readFileSync(file))] : [];
}

/** `kubectl eps ...`, run as a user would: kubectl finds the plugin on PATH. A secret that it tells is an error. */
export async function eps(args: readonly string[], options: EpsOptions = {}): Promise<Outcome> {
  const { input = '', extraEnv } = options;
  const outcome = await execute('kubectl', ['eps', ...args], { input, env: { ...env, ...extraEnv } });
  for (const text of [outcome.stdout, outcome.stderr, ...written(args)]) withoutSecrets(text);
  return outcome;
}

/** What `-o json` printed, beside how the plugin ended. */
export type Verdict<Report> = Outcome & { readonly report: Report };

async function verdict<Report>(args: readonly string[], options?: EpsOptions): Promise<Verdict<Report>> {
  const outcome = await eps([...args, '-o', 'json'], options);
  if (outcome.stdout === '') throw new Error(`kubectl eps ${args.join(' ')}: ${outcome.stderr}`);
  // Of that shape by the schema, which a test holds it against.
  return { ...outcome, report: JSON.parse(outcome.stdout) as Report };
}

/** The verdict on one Service. */
export function diff(args: readonly string[], options?: EpsOptions): Promise<Verdict<ServiceReport>> {
  return verdict(['diff', ...args], options);
}

/** The verdict on several Services. */
export function diffAll(args: readonly string[]): Promise<Verdict<ServiceReportList>> {
  return verdict(['diff', ...args]);
}

/** The report of the recording inside the program. */
export function demo(): Promise<Verdict<ServiceReport>> {
  return verdict(['demo']);
}

/** The codes of a report's findings, in its order. */
export function codes({ findings }: ServiceReport): readonly string[] {
  return findings.map(({ code }) => code);
}

/** One finding in short; its addresses in the order of text. */
export type Told = readonly [severity: Severity, code: string, addresses: readonly string[]];

/** What `diff` of one Service comes to. */
export type Summary = { readonly code: number; readonly status: Status; readonly findings: readonly Told[] };

/** {@link diff}, in short. */
export async function told(args: readonly string[], options?: EpsOptions): Promise<Summary> {
  const { code, report } = await diff(args, options);
  const findings = report.findings.map((finding): Told => [
    finding.severity,
    finding.code,
    [...finding.addresses].sort(),
  ]);
  return { code, status: report.status, findings };
}

/** In sync, and these remarks beside it. */
export const synced = (...findings: readonly Told[]): Summary => ({ code: 0, status: 'Synced', findings });

/** Drift, by these findings and no other. */
export const drift = (...findings: readonly Told[]): Summary => ({ code: 1, status: 'Drift', findings });

/** IPs as a report writes them, in the order of text. */
export const onPort = (port: number, ips: readonly string[]) => ips.map((ip) => `${ip}:${port}`).sort();
