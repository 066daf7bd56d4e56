import { evidenceOf } from './evidence.ts';
import { findingKeys } from './finding-keys.ts';
import type { ReportFinding, ServiceReport } from './report.ts';
import type { Scope } from './scope.ts';

/** When a finding was first read as it is now, and what it rests on: equal evidence is an unchanged cluster. */
type Sighting = { readonly since: string; readonly evidence: string };

/** ms: most of what is on its way has arrived by then, so readings that are closer tell nothing. */
export const settleTime = 1_000;

/** What earlier readings of one Service saw, by finding. */
export type Sightings = ReadonlyMap<string, Sighting>;

export const nothingSeen: Sightings = new Map();

export type Confirmed = { readonly report: ServiceReport; readonly sightings: Sightings };

/** A difference that may be no more than the time that truth takes to travel. */
function isDrift({ severity }: ReportFinding): boolean {
  return severity !== 'Info';
}

/** What is unchanged gives the same. */
function fingerprint(scope: Scope, finding: ReportFinding): string {
  const versions = evidenceOf(scope, finding).map((layer) => layer.map(({ version }) => version));
  return JSON.stringify([finding.addresses, finding.pods, versions]);
}

/**
 * Tells confirmed drift from drift that may still settle. Confirmed: two readings in a row, `afterMs` or more after the
 * first that saw it so, saw the same addresses differ, and no layer that the finding rests on changed in between.
 */
export function confirm(
  scope: Scope,
  report: ServiceReport,
  earlier: Sightings,
  { afterMs = 0 }: { readonly afterMs?: number } = {},
): Confirmed {
  const sightings = new Map<string, Sighting>();
  const keys = findingKeys(report.findings);
  const findings = report.findings.map((finding): ReportFinding => {
    if (!isDrift(finding)) return finding;
    const key = keys.get(finding) ?? '';
    const evidence = fingerprint(scope, finding);
    const known = earlier.get(key);
    const isSame = known?.evidence === evidence;
    const since = isSame ? known.since : report.observedAt;
    const isOld = Date.parse(report.observedAt) - Date.parse(since) >= afterMs;
    sightings.set(key, { since, evidence });
    return { ...finding, confirmation: { state: isSame && isOld ? 'Confirmed' : 'Settling', since } };
  });
  return { report: { ...report, findings }, sightings };
}

/** Findings that are not confirmed yet. */
export function settling({ findings }: ServiceReport): readonly ReportFinding[] {
  return findings.filter(({ confirmation }) => confirmation?.state === 'Settling');
}
