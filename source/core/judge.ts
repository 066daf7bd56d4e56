import { compareFindings } from './findings/order.ts';
import { addressRows } from './gateways/address-rows.ts';
import { partsOf, type Part } from './gateways/parts.ts';
import { join, type Join } from './join.ts';
import type { Service } from './kubernetes.ts';
import { summariseLayers } from './layers.ts';
import { summariseReplicas } from './replicas/layers.ts';
import type { AddressRow, LayerSummary, ReportFinding, ServiceReport, Status } from './report.ts';
import { indexScopes, type Scope } from './scope.ts';
import type { Snapshot } from './snapshot.ts';
import { unmeasured } from './spans.ts';

/** Where requests go is not known of some port. */
function isUnread({ gatewayPorts, replicaPorts }: Join): boolean {
  return (
    [...gatewayPorts.values()].includes('Unread') ||
    replicaPorts.some(({ used, port }) => used === undefined && gatewayPorts.get(port) !== 'None')
  );
}

function statusOf(
  findings: readonly ReportFinding[],
  layers: readonly LayerSummary[],
  parts: readonly Part[],
): Status {
  if (findings.some(({ severity }) => severity !== 'Info')) return 'Drift';
  const joins = parts.map(({ joined }) => joined);
  const isNamed = joins.every(
    ({ scope: { service, upstreams } }) => service.type === 'ExternalName' && upstreams.state !== 'Unread',
  );
  if (isNamed) return 'Synced';
  // Where requests go does not hang on what can be told of health checks.
  const unread =
    layers.some(({ name, state }) => state === 'Unread' && name !== 'HealthCheck') || joins.some(isUnread);
  return unread ? 'Unknown' : 'Synced';
}

/** What is said of a Service as a whole, and of each address once that is asked for. */
type Verdict = {
  readonly whole: Omit<ServiceReport, 'apiVersion' | 'kind' | 'observedAt' | 'addresses'>;
  readonly addresses: () => readonly AddressRow[];
};

/** The verdict on one Service, in every gateway that serves it. */
export function judgeScope(scope: Scope, span = unmeasured): Verdict {
  const parts = partsOf(scope, span);
  const whole = parts.find(({ gateway }) => gateway === undefined)?.joined ?? join(scope);
  const findings = parts.flatMap((part) => part.findings).sort(compareFindings);
  const layers = summariseLayers(whole);
  const replicas = summariseReplicas(whole);
  const gateways = parts.flatMap((part) => part.summary ?? []);
  return {
    whole: {
      metadata: { namespace: scope.service.namespace, name: scope.service.name },
      status: statusOf(findings, layers, parts),
      layers,
      ...(gateways.length > 0 && { gateways }),
      ...(replicas && { replicas }),
      findings,
    },
    addresses: () => addressRows(parts),
  };
}

function toReport({ whole, addresses }: Verdict, observedAt: string): ServiceReport {
  const { metadata, status, ...others } = whole;
  const head = { apiVersion: 'eps/v1', kind: 'ServiceReport', metadata, status, observedAt } as const;
  return { ...head, ...others, addresses: addresses() };
}

/**
 * Judges Services of a Snapshot; the same Snapshot gives the same reports, whatever the order of its items. Who needs
 * its scopes too indexes them once, and gives them.
 */
export function judge(
  snapshot: Snapshot,
  services: readonly Service[],
  scopeOf = indexScopes(snapshot),
  span = unmeasured,
): readonly ServiceReport[] {
  return span('judge', () =>
    services.map((service) => toReport(judgeScope(scopeOf(service), span), snapshot.takenAt)),
  );
}
