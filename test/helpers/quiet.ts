import { confirm, nothingSeen, settling } from '../../source/core/confirm.ts';
import { judge } from '../../source/core/judge.ts';
import { isQuiet } from '../../source/core/quiet.ts';
import type { ReportFinding } from '../../source/core/report.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';

/** The server's clock, and what is a minute old by it. */
export const serverTime = '2026-01-01T00:00:00.000Z';
export const changedAt = '2025-12-31T23:59:00Z';

export type Seen = {
  readonly settling: readonly ReportFinding[];
  /** Of these findings; of all unless told otherwise. */
  readonly isQuiet: (findings?: readonly ReportFinding[]) => boolean;
};

/** What is settling after one reading of shop/web, and whether a second one need not wait. */
export function seenIn(whole: Snapshot): Seen {
  const scopeOf = indexScopes(whole);
  const own = itemsOf(whole.services).filter(({ namespace, name }) => namespace === 'shop' && name === 'web');
  const [report] = judge(whole, own, scopeOf);
  if (!own[0] || !report) throw new Error('no report');
  const scope = scopeOf(own[0]);
  const confirmed = confirm(scope, report, nothingSeen).report;
  return {
    settling: settling(confirmed),
    isQuiet: (findings = confirmed.findings) => isQuiet(scope, { ...confirmed, findings }, whole.serverTime),
  };
}
