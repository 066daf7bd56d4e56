import type { Severity } from '../report.ts';
import type { Scope } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';
import { bugsBehind } from './index.ts';
import { fixedRelease, judgeBug, type KnownBug } from './known-bug.ts';

/** What a finding tells people. */
type Told = { readonly severity: Severity; readonly message: string; readonly hint: string };

/** Bugs that can be behind a finding here, of those that another release is free of. */
function suspectsOf(code: string, { upstreams }: Scope): readonly KnownBug[] {
  const sources = new Set(itemsOf(upstreams).map(({ source }) => source));
  return bugsBehind(code)
    .filter((bug) => fixedRelease(bug) !== undefined)
    .filter((bug) => bug.upstreams === undefined || sources.has(bug.upstreams));
}

function accuse(bug: KnownBug, { versions }: Scope): string {
  const { component, evidence, summary } = bug;
  const [fixed, version] = [fixedRelease(bug, versions) ?? '', versions[component] ?? ''];
  const source = evidence === 'Read' ? ' (as read in its source, not seen)' : '';
  return `a bug of ${component} ${version}, fixed in ${fixed}, may be behind it: ${summary}${source}`;
}

/** A bug of the version that runs goes into the message; where the version is not known, the hint says so. */
export function withKnownBugs(
  code: string,
  { severity, message, hint }: Told,
  scope: Scope,
): Omit<Told, 'severity'> {
  // What is legal needs no bug.
  const suspects = severity === 'Info' ? [] : suspectsOf(code, scope);
  const verdicts = suspects.map((bug) => ({ bug, verdict: judgeBug(bug, scope.versions) }));
  const affected = verdicts.find(({ verdict }) => verdict === 'Affected');
  if (affected) return { message: `${message}; ${accuse(affected.bug, scope)}`, hint };
  const unknown = verdicts.filter(({ verdict }) => verdict === 'CannotTell');
  const components = [...new Set(unknown.map(({ bug }) => bug.component))].join(' or ');
  // A hint that has a remark of its own keeps it.
  if (components === '' || hint.includes('  # ')) return { message, hint };
  return {
    message,
    hint: `${hint}  # cannot tell whether a bug of ${components} is behind it: kubectl eps explain ${code}`,
  };
}
