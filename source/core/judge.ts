import { formatAddress, sortByAddress } from './address.ts';
import { divergence, firstDivergence, type Divergence } from './divergence.ts';
import { comparedLayers, type ComparedLayer } from './expected.ts';
import type { Finding, Found } from './findings/finding.ts';
import { findings as allFindings } from './findings/index.ts';
import { compareFindings } from './findings/order.ts';
import { join, type Join, type Row } from './join.ts';
import { withKnownBugs } from './known-bugs/suspect.ts';
import type { Service } from './kubernetes.ts';
import { summariseLayers } from './layers.ts';
import { viewOf } from './replicas/groups.ts';
import { summariseReplicas } from './replicas/layers.ts';
import {
  type AddressRow,
  type LayerSummary,
  type ReportFinding,
  type ServiceReport,
  type Status,
} from './report.ts';
import { indexScopes, type Scope } from './scope.ts';
import type { Snapshot } from './snapshot.ts';

/** Which finding explains a row's difference in a layer. */
class Causes {
  readonly #codes = new Map<Row, Partial<Record<ComparedLayer, string>>>();

  /** The first cause stays. */
  claim(rows: readonly Row[], layer: ComparedLayer, code: string): void {
    for (const row of rows) {
      const codes = this.#codes.get(row) ?? {};
      codes[layer] ??= code;
      this.#codes.set(row, codes);
    }
  }

  of(row: Row, layer: ComparedLayer): string | undefined {
    return this.#codes.get(row)?.[layer];
  }
}

/** Rows that diverge: every finding asks for them, and they are looked for once. */
function divergingRows(rows: readonly Row[]): (layer: ComparedLayer, kind: Divergence) => readonly Row[] {
  const known = new Map<string, readonly Row[]>();
  return (layer, kind) => {
    const key = `${layer} ${kind}`;
    const diverging = known.get(key) ?? rows.filter((row) => divergence(row, layer) === kind);
    known.set(key, diverging);
    return diverging;
  };
}

/** The Service port's name, else its number; a port that the Service does not have keeps its name. */
function portLabel({ ports }: Service, name: string): string {
  const known = ports.find((port) => port.name === name);
  return name === '' && known ? String(known.port) : name;
}

function toFinding(scope: Scope, { code, layer, references }: Finding, found: Found): ReportFinding {
  const ports = new Set(found.rows.map(({ port }) => port));
  const [only] = ports.size > 0 ? ports : [found.port];
  const port = ports.size > 1 || only === undefined ? '' : portLabel(scope.service, only);
  const loose = sortByAddress(found.addresses ?? [], (address) => address).map(formatAddress);
  const addresses = [...new Set([...found.rows.map(({ text }) => text), ...loose])];
  return {
    code,
    severity: found.severity,
    layer: found.layer ?? layer,
    ...(port !== '' && { port }),
    count: addresses.length > 0 ? addresses.length : (found.pods?.length ?? 0),
    addresses,
    ...(found.pods && { pods: found.pods }),
    ...(found.upstream !== undefined && { upstream: found.upstream }),
    ...(found.gateway !== undefined && { gateway: found.gateway }),
    ...(found.replica !== undefined && { replica: found.replica }),
    ...withKnownBugs(code, found, scope),
    references,
  };
}

/** A legal difference explains nothing that would otherwise be drift. */
function claimAll(causes: Causes, finding: Finding, found: Found): void {
  const { severity, rows, explains = [], layer = finding.layer, swallows = [] } = found;
  if (severity === 'Info') return;
  const explained = [...rows, ...explains];
  const own = comparedLayers.find((name) => name === layer);
  if (own) causes.claim(explained, own, finding.code);
  for (const name of swallows) {
    const alike = explained.filter((row) => !own || divergence(row, name) === divergence(row, own));
    causes.claim(alike, name, finding.code);
  }
}

function findAll(joined: Join, causes: Causes): readonly ReportFinding[] {
  const diverging = divergingRows(joined.rows);
  const found = allFindings.flatMap((finding) => {
    const occurrences = finding.find({
      join: joined,
      unexplained: (layer, kind) =>
        diverging(layer, kind).filter((row) => causes.of(row, layer) === undefined),
    });
    for (const occurrence of occurrences) claimAll(causes, finding, occurrence);
    return occurrences.map((occurrence) => toFinding(joined.scope, finding, occurrence));
  });
  return found.sort(compareFindings);
}

function toAddressRow(row: Row, causes: Causes): AddressRow {
  const layer = firstDivergence(row);
  const because = layer && causes.of(row, layer);
  return {
    address: row.text,
    ...(row.podName !== undefined && { pod: row.podName }),
    ...(row.nodeName !== undefined && { node: row.nodeName }),
    ...(row.zone !== undefined && { zone: row.zone }),
    in: row.actual,
    ...(layer && { firstDivergence: layer }),
    ...(because !== undefined && { because }),
  };
}

/** Two Service ports may lead to one ip:port; the one that diverges stands for both. */
function onePerAddress(rows: readonly AddressRow[]): readonly AddressRow[] {
  const kept: AddressRow[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (last?.address !== row.address) kept.push(row);
    else if (!last.firstDivergence && row.firstDivergence) kept[kept.length - 1] = row;
  }
  return kept;
}

function statusOf(found: readonly ReportFinding[], layers: readonly LayerSummary[], joined: Join): Status {
  if (found.some(({ severity }) => severity !== 'Info')) return 'Drift';
  if (joined.scope.service.type === 'ExternalName' && joined.scope.upstreams.state !== 'Unread')
    return 'Synced';
  // Where requests go does not hang on what can be told of health checks.
  const unread =
    layers.some(({ name, state }) => state === 'Unread' && name !== 'HealthCheck') ||
    [...joined.gatewayPorts.values()].includes('Unread') ||
    joined.replicaPorts.some(
      (one) => viewOf(one) === undefined && joined.gatewayPorts.get(one.port) !== 'None',
    );
  return unread ? 'Unknown' : 'Synced';
}

/** What is said of a Service as a whole, and of each address once that is asked for. */
type Verdict = {
  readonly whole: Omit<ServiceReport, 'apiVersion' | 'kind' | 'observedAt' | 'addresses'>;
  readonly addresses: () => readonly AddressRow[];
};

/** The verdict on one Service. */
export function judgeScope(scope: Scope): Verdict {
  const joined = join(scope);
  const causes = new Causes();
  const findings = findAll(joined, causes);
  const layers = summariseLayers(joined);
  const replicas = summariseReplicas(joined);
  return {
    whole: {
      metadata: { namespace: scope.service.namespace, name: scope.service.name },
      status: statusOf(findings, layers, joined),
      layers,
      ...(replicas && { replicas }),
      findings,
    },
    addresses: () => onePerAddress(joined.rows.map((row) => toAddressRow(row, causes))),
  };
}

function toReport({ whole, addresses }: Verdict, observedAt: string): ServiceReport {
  const { metadata, status, ...others } = whole;
  const head = { apiVersion: 'eps/v1', kind: 'ServiceReport', metadata, status, observedAt } as const;
  return { ...head, ...others, addresses: addresses() };
}

/** Judges Services of a Snapshot; the same Snapshot gives the same reports, whatever the order of its items. */
export function judge(snapshot: Snapshot, services: readonly Service[]): readonly ServiceReport[] {
  const scopeOf = indexScopes(snapshot);
  return services.map((service) => toReport(judgeScope(scopeOf(service)), snapshot.takenAt));
}
