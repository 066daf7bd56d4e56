import { optional } from './door.ts';
import { judgeScope } from './judge.ts';
import type { Service } from './kubernetes.ts';
import type { ServiceReport, ServiceSummary, ServiceSummaryList, Status } from './report.ts';
import { indexScopes } from './scope.ts';
import type { Snapshot } from './snapshot.ts';

/** In the order of the list. */
const statuses: readonly Status[] = ['Drift', 'Unknown', 'Synced'];

type Whole = Pick<ServiceReport, 'metadata' | 'status' | 'layers' | 'replicas' | 'findings'>;

/** Of very many Services the counts and the words are kept, never the addresses. */
export function summaryOf(report: Whole): ServiceSummary {
  const { metadata, status, layers, replicas, findings } = report;
  const short = findings.map(({ code, severity, layer, port, count, message, hint }) => ({
    code,
    severity,
    layer,
    ...optional('port', port),
    count,
    message,
    hint,
  }));
  return { metadata, status, layers, ...optional('replicas', replicas), findings: short };
}

/** Those that drift first; among their like they keep their order. */
export function summaryList(summaries: readonly ServiceSummary[], observedAt: string): ServiceSummaryList {
  const items = summaries.toSorted((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status));
  return { apiVersion: 'eps/v1', kind: 'ServiceSummaryList', observedAt, items };
}

/** Judges Services as `judge` does. */
export function summarise(snapshot: Snapshot, services: readonly Service[]): ServiceSummaryList {
  const scopeOf = indexScopes(snapshot);
  return summaryList(
    services.map((service) => summaryOf(judgeScope(scopeOf(service)).whole)),
    snapshot.takenAt,
  );
}
