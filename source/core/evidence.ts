import { formatAddress, parseAddress } from './address.ts';
import type { ObjectMeta, Pod, Service } from './kubernetes.ts';
import type { LayerName, ReportFinding } from './report.ts';
import { hasSelector, type Scope } from './scope.ts';
import { itemsOf, type HealthCheck, type Upstream } from './snapshot.ts';

/** An object that a finding rests on. */
export type Evidence = {
  /** Equal versions mean an unchanged object. */
  readonly version: string;
  /** RFC 3339: its last change, by the clock of whoever keeps it; absent where that is not noted. */
  readonly changedAt?: string | undefined;
};

/** The layers that a finding rests on: its own, and what makes the truth. */
export function involvedLayers({ layer }: ReportFinding, service: Service): readonly LayerName[] {
  const truth: readonly LayerName[] = hasSelector(service) ? ['Pods'] : ['EndpointSlices', 'Endpoints'];
  return layer === 'Service' || truth.includes(layer) ? truth : [...truth, layer];
}

/** Pods count by the addresses of the finding: the rest of a Service may come and go. */
export function podsBehind({ pods }: Scope, { addresses, pods: named = [] }: ReportFinding): readonly Pod[] {
  const names = new Set(named);
  const hosts = new Set(addresses.map((address) => parseAddress(address).host));
  return itemsOf(pods).filter(({ name, podIPs }) => names.has(name) || podIPs.some((ip) => hosts.has(ip)));
}

function ofObject({ name, resourceVersion, changedAt }: ObjectMeta): Evidence {
  return { version: `${name}@${resourceVersion}`, changedAt };
}

/** The gateway has no resourceVersion: what it holds stands for itself. */
function versionOf({ id, nodes }: Upstream | HealthCheck): string {
  return nodes.state === 'Read' ? `${id}@${nodes.items.map(formatAddress).join()}` : `${id}: ${nodes.reason}`;
}

/** What is looked up elsewhere changes without a write, and what is written into another object has no time of its own. */
function ofUpstream(upstream: Upstream): Evidence {
  const { source, inline, updatedAt } = upstream;
  const isDated = source !== 'Discovery' && inline === undefined;
  return { version: versionOf(upstream), changedAt: isDated ? updatedAt : undefined };
}

function ofReplica(replica: string, items: readonly (Upstream | HealthCheck)[]): Evidence {
  return { version: `${replica} ${items.map(versionOf).join(' ')}` };
}

/** What the gateway is configured with, and each of its pods where all were asked: the verdict is on the best of these. */
export function configurations({ upstreams, replicas }: Scope): readonly (readonly Upstream[])[] {
  return [upstreams, ...itemsOf(replicas).map((replica) => replica.upstreams)].map(itemsOf);
}

/** What there is of one layer: none of what was deleted. */
function evidenceIn(layer: LayerName, scope: Scope, finding: ReportFinding): readonly Evidence[] {
  switch (layer) {
    case 'Pods':
      return podsBehind(scope, finding).map(ofObject);
    case 'EndpointSlices':
      return itemsOf(scope.endpointSlices).map(ofObject);
    case 'Endpoints':
      return itemsOf(scope.endpoints).map(ofObject);
    case 'Upstream':
      return configurations(scope).flat().map(ofUpstream);
    case 'Runtime':
      return itemsOf(scope.replicas).map(({ name, runtime }) => ofReplica(name, itemsOf(runtime)));
    case 'HealthCheck':
      return itemsOf(scope.replicas).map(({ name, healthChecks }) => ofReplica(name, itemsOf(healthChecks)));
  }
}

/** What a finding rests on, in all layers. */
export function evidenceOf(scope: Scope, finding: ReportFinding): readonly (readonly Evidence[])[] {
  const layers = involvedLayers(finding, scope.service);
  return [[ofObject(scope.service)], ...layers.map((layer) => evidenceIn(layer, scope, finding))];
}
