import { settling } from './confirm.ts';
import { configurations, evidenceOf, involvedLayers, podsBehind, type Evidence } from './evidence.ts';
import type { AddressRow, AddressState, LayerName, ReportFinding, ServiceReport } from './report.ts';
import type { Scope } from './scope.ts';
import { itemsOf, type Layer } from './snapshot.ts';

/** ms: far longer than truth takes to travel where all controllers run. */
export const quietTime = 60_000;

type Dated = Pick<Evidence, 'changedAt'>;

type Case = { readonly scope: Scope; readonly report: ServiceReport; readonly finding: ReportFinding };

const held: ReadonlySet<AddressState | undefined> = new Set(['Ready', 'NotReady', 'Terminating', 'Present']);

/**
 * Whether the Service still means the address. When it lost a port, or ceased to publish what is not ready, is in none of
 * its managedFields: so what is there too much is due only where its pod is ready.
 */
function isDue({ in: states }: AddressRow, { layer }: ReportFinding): boolean {
  return (
    states.Pods === 'Ready' || (held.has(states.Pods) && layer !== 'Service' && states[layer] === 'Absent')
  );
}

/** Whether all addresses of the finding are where `is` looks, so that none of them has just gone from there. */
function hasAll({ report, finding }: Case, is: (row: AddressRow) => boolean): boolean {
  const there = new Set(report.addresses.filter(is).map(({ address }) => address));
  return finding.addresses.every((address) => there.has(address));
}

/** A Node has no date: when it went or fell silent, nobody knows. */
function arePodsWell({ scope, finding }: Case): boolean {
  const { nodes } = scope;
  const pods = podsBehind(scope, finding);
  return pods.length > 0 && pods.every(({ nodeName = '' }) => !nodes || nodes.get(nodeName)?.ready === true);
}

/** Every port of the finding has an upstream, in every pod of the gateway. */
function hasAllUpstreams({ scope, finding: { port: named } }: Case): boolean {
  const ports = scope.service.ports.filter(
    ({ name, port }) => named === undefined || named === (name || String(port)),
  );
  return configurations(scope).every((upstreams) =>
    ports.every(({ port }) => upstreams.some(({ service }) => service?.port === port)),
  );
}

/** False where something that was there may be gone: what is gone has no date, nor have Endpoints that became empty. */
function isWhole(layer: LayerName, one: Case): boolean {
  switch (layer) {
    case 'Pods':
      return hasAll(one, (row) => isDue(row, one.finding)) && arePodsWell(one);
    case 'EndpointSlices':
      return hasAll(one, ({ in: states }) => held.has(states.EndpointSlices));
    case 'Endpoints':
      return itemsOf(one.scope.endpoints).some(({ subsets }) => subsets.length > 0);
    case 'Upstream':
      return hasAllUpstreams(one);
    case 'Runtime':
    case 'HealthCheck':
      return false;
  }
}

/**
 * Whether all that a settling finding rests on is known to have stood still for so long, by the API server's clock, that
 * a second reading need not wait: nothing is on its way that was not there before. `serverTime`: as in the Snapshot.
 */
export function isQuiet(scope: Scope, report: ServiceReport, serverTime: string | undefined): boolean {
  const isOld = ({ changedAt }: Dated) =>
    Date.parse(serverTime ?? '') - Date.parse(changedAt ?? '') >= quietTime;
  // A write in either tells of a change that may be on its way to the others.
  const isStill = (published: Layer<Dated>) =>
    published.state !== 'Unread' && itemsOf(published).every(isOld);
  return (
    isStill(scope.endpointSlices) &&
    isStill(scope.endpoints) &&
    settling(report).every(
      (finding) =>
        involvedLayers(finding, scope.service).every((layer) => isWhole(layer, { scope, report, finding })) &&
        evidenceOf(scope, finding).flat().every(isOld),
    )
  );
}
