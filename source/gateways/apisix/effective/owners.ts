import { asRecord, asText, isRecord } from '../../../core/door.ts';
import { gatewayRouteKinds, type RouteKind } from '../../../core/kubernetes.ts';
import type { Displaced, RouteName, UpstreamService } from '../../../core/snapshot.ts';
import type { ApisixItem } from '../answer.ts';
import { idOfName, serviceOfName, upstreamNameOf } from '../name.ts';
import { parseServiceName } from './discovery-name.ts';
import type { Known } from '../../gateway.ts';
import { keyOf, labelsOf, nameOf, upstreamIdsOf, upstreamOf, type Objects } from './objects.ts';
import { backendNamed, rulesOf, type Rule } from './rules.ts';

/** Whose the upstreams are, by `resource/id` of the object that is or holds one. */
export type Owners = {
  readonly services: ReadonlyMap<string, UpstreamService>;
  readonly displaced: ReadonlyMap<string, readonly Displaced[]>;
  /** Namespaces of the routes that are not known, and that upstreams without a Service are named after. */
  readonly unseen: ReadonlyMap<string, string>;
};

const kinds: readonly RouteKind[] = ['ApisixRoute', 'Ingress', ...gatewayRouteKinds];

/** The route of Kubernetes that an APISIX service was made of: controller 2.x labels it so. */
function routeOf(service: ApisixItem): RouteName | undefined {
  const labels = labelsOf(service);
  const kind = kinds.find((one) => one === labels['k8s/kind']);
  return kind && { kind, namespace: asText(labels['k8s/namespace']), name: asText(labels['k8s/name']) };
}

function isSame(a: RouteName, b: RouteName): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** The rule's own upstream is its first backend's that no part of the split is for: backends without nodes are left out. */
function ownersByRule(
  rule: Rule,
  service: ApisixItem,
  { upstreams }: Objects,
): readonly (readonly [string, UpstreamService])[] {
  const owners = new Map<string, UpstreamService>();
  const taken = new Set<number>();
  const own = upstreamOf(service, rule.isStream);
  for (const id of upstreamIdsOf(service)) {
    const upstream = upstreams.get(id);
    const index = upstream && `upstreams/${id}` !== own ? backendNamed(rule, nameOf(upstream)) : undefined;
    const owner = index === undefined ? undefined : rule.backends[index];
    if (index === undefined || !owner) continue;
    taken.add(index);
    owners.set(`upstreams/${id}`, owner);
  }
  const first = rule.backends.find((_backend, index) => !taken.has(index));
  if (own !== undefined && first) owners.set(own, first);
  return [...owners];
}

/** Written by controller 2.x, which names upstreams after routes: 1.x leaves a description too. */
export function isOfSecondGeneration(upstream: ApisixItem): boolean {
  return labelsOf(upstream)['managed-by'] !== undefined && !('desc' in asRecord(upstream.value));
}

function isNamedAfterRoute(upstream: ApisixItem, { services }: Objects): boolean {
  const service = services.get(upstream.id);
  return (service && routeOf(service)) !== undefined || isOfSecondGeneration(upstream);
}

/** Every Service port that is known, by `ns_svc_port` and by the id that this name has. */
type Ports = Readonly<Record<'byName' | 'byId', ReadonlyMap<string, UpstreamService>>>;

function portsOf({ services }: Known): Ports {
  const ports = services.flatMap(({ namespace, name, ports: all }) =>
    all.map(({ port }): UpstreamService => ({ namespace, name, port, granularity: 'endpoint' })),
  );
  const byName = new Map(ports.map((port) => [upstreamNameOf(port), port]));
  return { byName, byId: new Map([...byName].map(([name, port]) => [idOfName(name), port])) };
}

/** By its own name: `ns_svc_port` (1.x, and people), `Service_ns_svc_port` (2.x); without a name by its id. */
function ownerByName(upstream: ApisixItem, objects: Objects, ports: Ports): UpstreamService | undefined {
  const name = nameOf(upstream);
  if (name === '') return ports.byId.get(upstream.id);
  const owner = serviceOfName(name);
  if (!owner || name.startsWith('Service_') || !isNamedAfterRoute(upstream, objects)) return owner;
  const { namespace, name: service, port } = owner;
  const isPort = ports.byName.has(
    upstreamNameOf({ namespace, name: service, port, granularity: 'endpoint' }),
  );
  return isPort ? owner : undefined;
}

/** Of several upstreams of one name the one whose id is the controller's belongs; the others are strangers. */
function isImpostor({ id, value }: ApisixItem, { upstreams }: Objects): boolean {
  const name = asText(asRecord(value)['name']);
  const real = upstreams.get(idOfName(name));
  return name !== '' && real !== undefined && id !== real.id && nameOf(real) === name;
}

/** The rules that have each service's id, in the order of the routes. */
function ownersByRules(objects: Objects, rules: readonly Rule[]): Pick<Owners, 'services' | 'displaced'> {
  const services = new Map<string, UpstreamService>();
  const displaced = new Map<string, Displaced[]>();
  for (const rule of rules) {
    const id = idOfName(rule.serviceName);
    const service = objects.services.get(id);
    const upstream = objects.upstreams.get(id);
    const by = service && routeOf(service);
    const key = service && upstreamOf(service, rule.isStream);
    if (by && key !== undefined && !isSame(by, rule.route)) {
      const lost = rule.backends.flatMap((one) => (one ? [{ route: rule.route, by, service: one }] : []));
      displaced.set(key, [...(displaced.get(key) ?? []), ...lost]);
    } else if (service && nameOf(service) === rule.serviceName) {
      for (const [owned, owner] of ownersByRule(rule, service, objects)) services.set(owned, owner);
    } else if (upstream && nameOf(upstream) === rule.serviceName && rule.backends[0]) {
      services.set(keyOf(upstream), rule.backends[0]);
    }
  }
  return { services, displaced };
}

/** Of a rule that is known: without a Service it leads to something else. */
function isOfRule(upstream: ApisixItem, rules: readonly Rule[]): boolean {
  const name = nameOf(upstream);
  return rules.some(({ serviceName }) => name === serviceName || name.startsWith(`${serviceName}_`));
}

/**
 * Says which Service port each upstream belongs to: by the rules of routes (controller 2.x), by the key of its
 * discovery, by its name (1.x). A name that says otherwise beats an id: CRC-32 collides.
 */
export function ownersOf(objects: Objects, known: Known): Owners {
  const rules = rulesOf(known);
  const { services: byRule, displaced } = ownersByRules(objects, rules);
  const unseen = new Map<string, string>();
  const services = new Map(byRule);
  const ports = portsOf(known);
  for (const upstream of objects.upstreams.values()) {
    const key = keyOf(upstream);
    const { discovery_type: type, service_name: text } = asRecord(upstream.value);
    const found = parseServiceName(asText(type), asText(text), known)?.service;
    const owner = byRule.get(key) ?? found ?? ownerByName(upstream, objects, ports);
    if (owner && !isImpostor(upstream, objects)) services.set(key, owner);
    const [, namespace = ''] = /^([^_]+)_/.exec(nameOf(upstream)) ?? [];
    const isUnseen = !owner && !displaced.has(key) && isNamedAfterRoute(upstream, objects);
    if (isUnseen && !isOfRule(upstream, rules)) unseen.set(key, namespace);
  }
  return { services, displaced, unseen };
}

/** The id of the upstream that looks right, and that an inline one of the APISIX service stands before. */
export function shadowedBy(service: ApisixItem, { upstreams }: Objects): string | undefined {
  const isShadowing = upstreamOf(service) === keyOf(service) && isRecord(asRecord(service.value)['upstream']);
  return isShadowing && upstreams.has(service.id) ? service.id : undefined;
}
