import { readdirSync } from 'node:fs';
import type { ReportFinding, ServiceReport } from '../../source/core/report.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { reportOf } from './judging.ts';

/** What a Snapshot must be judged to be: codes and addresses of all its Errors and Warnings. */
export type Drift = readonly (readonly [code: string, addresses: readonly string[]])[];

/** What must be said of a finding: its severity and everything that tells where it is. */
type Said = Pick<ReportFinding, 'severity' | 'layer' | 'addresses'> &
  Partial<Pick<ReportFinding, 'port' | 'pods' | 'upstream' | 'gateway' | 'replica' | 'message' | 'hint'>>;

/** A Snapshot where the finding must appear. */
type Appearance = {
  readonly title: string;
  readonly given: Partial<Snapshot>;
  /** Every occurrence of the finding. */
  readonly says: readonly Said[];
  /** Errors and Warnings of other codes; none unless said so. */
  readonly beside?: Drift;
};

/** A Snapshot that differs in the one thing that matters: there the finding must not appear. */
type NearMiss = {
  readonly title: string;
  readonly given: Partial<Snapshot>;
  /** What is found instead; nothing unless said so. */
  readonly instead?: Drift;
};

/** One file of test/core/findings: when its finding appears and when, by a hair, it does not. */
export type Fixture = {
  readonly appears: readonly [Appearance, ...Appearance[]];
  readonly nearMisses: readonly [NearMiss, NearMiss, ...NearMiss[]];
};

/** The file of a finding, in source/core/findings and in test/core/findings alike. */
export const fileOf = (code: string): string =>
  `${code.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()}.ts`;

const folder = new URL('../core/findings/', import.meta.url);

/** Every fixture by its file, in the order of text. */
export async function readFixtures(): Promise<ReadonlyMap<string, Fixture>> {
  const files = readdirSync(folder).filter((file) => !file.endsWith('.test.ts'));
  const read = async (file: string) => {
    const { fixture } = (await import(new URL(file, folder).href)) as { readonly fixture: Fixture };
    return [file, fixture] as const;
  };
  return new Map(await Promise.all(files.sort().map(read)));
}

/** Every finding that the fixtures make appear, their own and those beside them. */
export async function fixtureFindings(): Promise<readonly ReportFinding[]> {
  const fixtures = await readFixtures();
  return [...fixtures.values()].flatMap(({ appears }) =>
    appears.flatMap(({ given }) => reportOf(given).findings),
  );
}

/** A report's findings of one code, and the drift of all others. */
export function judged(
  given: Partial<Snapshot>,
  code: string,
): { readonly report: ServiceReport; readonly own: readonly ReportFinding[]; readonly others: Drift } {
  const report = reportOf(given);
  return {
    report,
    own: report.findings.filter((finding) => finding.code === code),
    others: report.findings
      .filter((finding) => finding.code !== code && finding.severity !== 'Info')
      .map((finding) => [finding.code, finding.addresses]),
  };
}
