import { formatAddress, parseAddress } from './address.ts';
import type { Service } from './kubernetes.ts';
import type { LayerName, ReportFinding, ServiceReport } from './report.ts';
import { hasSelector, type Scope } from './scope.ts';
import { itemsOf, type HealthCheck, type Upstream } from './snapshot.ts';

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

const keyOf = ({ code, layer, port = '', upstream = '', gateway = '' }: ReportFinding) =>
  JSON.stringify([code, layer, port, upstream, gateway]);

/** The layers that a finding rests on: its own, and what makes the truth. */
function involvedLayers({ layer }: ReportFinding, service: Service): readonly LayerName[] {
  const truth: readonly LayerName[] = hasSelector(service) ? ['Pods'] : ['EndpointSlices', 'Endpoints'];
  return layer === 'Service' || truth.includes(layer) ? truth : [...truth, layer];
}

const version = (object: { readonly name: string; readonly resourceVersion: string }) =>
  `${object.name}@${object.resourceVersion}`;

/** The gateway has no resourceVersion: what it holds stands for itself. */
function upstreamVersion({ id, nodes }: Upstream | HealthCheck): string {
  return nodes.state === 'Read' ? `${id}@${nodes.items.map(formatAddress).join()}` : `${id}: ${nodes.reason}`;
}

function nodesIn(replica: string, items: readonly (Upstream | HealthCheck)[]): string {
  return `${replica} ${items.map(upstreamVersion).join(' ')}`;
}

/** Pods count by the addresses of the finding: the rest of a Service may come and go. */
function podVersions({ pods }: Scope, { addresses, pods: named = [] }: ReportFinding): readonly string[] {
  const names = new Set(named);
  const hosts = new Set(addresses.map((address) => parseAddress(address).host));
  return itemsOf(pods)
    .filter(({ name, podIPs }) => names.has(name) || podIPs.some((ip) => hosts.has(ip)))
    .map(version);
}

function versionsIn(layer: LayerName, scope: Scope, finding: ReportFinding): readonly string[] {
  switch (layer) {
    case 'Pods':
      return podVersions(scope, finding);
    case 'EndpointSlices':
      return itemsOf(scope.endpointSlices).map(version);
    case 'Endpoints':
      return itemsOf(scope.endpoints).map(version);
    case 'Upstream':
      return itemsOf(scope.upstreams).map(upstreamVersion);
    case 'Runtime':
      return itemsOf(scope.replicas).map(({ name, runtime }) => nodesIn(name, itemsOf(runtime)));
    case 'HealthCheck':
      return itemsOf(scope.replicas).map(({ name, healthChecks }) => nodesIn(name, itemsOf(healthChecks)));
  }
}

function evidenceOf(scope: Scope, finding: ReportFinding): string {
  const { addresses, pods } = finding;
  const versions = involvedLayers(finding, scope.service).map((layer) => versionsIn(layer, scope, finding));
  return JSON.stringify([addresses, pods, version(scope.service), versions]);
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
  const findings = report.findings.map((finding, index): ReportFinding => {
    if (!isDrift(finding)) return finding;
    const twins = report.findings.slice(0, index).filter((other) => keyOf(other) === keyOf(finding));
    const key = `${keyOf(finding)} ${twins.length}`;
    const evidence = evidenceOf(scope, finding);
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
