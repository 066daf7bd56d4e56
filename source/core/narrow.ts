import { fullName, type ApisixRoute, type Route, type Service } from './kubernetes.ts';
import { indexScopes, matchesNothing, type Scope } from './scope.ts';
import { itemsOf, type Layer, type Replica, type Snapshot, type UpstreamService } from './snapshot.ts';

function keep<Item>(layer: Layer<Item>, kept: readonly (readonly Item[])[]): Layer<Item> {
  return layer.state === 'Read' ? { ...layer, items: [...new Set(kept.flat())] } : layer;
}

function keepRoutes<Item extends ApisixRoute & Partial<Pick<Route, 'kind'>>>(
  layer: Layer<Item>,
  scopes: readonly Scope[],
): Layer<Item> {
  const keyOf = ({ kind = 'ApisixRoute', namespace, name }: ApisixRoute & Partial<Pick<Route, 'kind'>>) =>
    `${kind} ${namespace}/${name}`;
  const kept = new Set(scopes.flatMap(({ routes }) => routes.map(keyOf)));
  return keep(layer, [itemsOf(layer).filter((item) => kept.has(keyOf(item)))]);
}

function narrowReplicas(replicas: Layer<Replica>, services: readonly Service[]): Layer<Replica> {
  const names = new Set(services.map(fullName));
  const own = <Item extends { readonly service?: UpstreamService }>(layer: Layer<Item>) =>
    keep(layer, [itemsOf(layer).filter(({ service }) => service && names.has(fullName(service)))]);
  const narrowed = itemsOf(replicas).map((replica) => ({
    ...replica,
    upstreams: own(replica.upstreams),
    runtime: own(replica.runtime),
    healthChecks: own(replica.healthChecks),
  }));
  return keep(replicas, [narrowed]);
}

/** A Snapshot of these Services and what belongs to them, and nothing else. */
export function narrowTo(snapshot: Snapshot, services: readonly Service[]): Snapshot {
  const scopeOf = indexScopes(snapshot);
  const scopes = services.map(scopeOf);
  const each = <Item>(pick: (scope: Scope) => Layer<Item>) => scopes.map((scope) => itemsOf(pick(scope)));
  return {
    ...snapshot,
    services: keep(snapshot.services, [services]),
    pods: keep(
      snapshot.pods,
      scopes.map((scope) => (matchesNothing(scope) ? scope.neighbours : itemsOf(scope.pods))),
    ),
    endpointSlices: keep(
      snapshot.endpointSlices,
      each(({ endpointSlices }) => endpointSlices),
    ),
    endpoints: keep(
      snapshot.endpoints,
      each(({ endpoints }) => endpoints),
    ),
    apisixRoutes: keepRoutes(snapshot.apisixRoutes, scopes),
    ingresses: keepRoutes(snapshot.ingresses, scopes),
    gatewayRoutes: keepRoutes(snapshot.gatewayRoutes, scopes),
    upstreams: keep(
      snapshot.upstreams,
      scopes.flatMap(({ upstreams, displaced, unowned }) => [
        itemsOf(upstreams),
        unowned,
        displaced.map(({ upstream }) => upstream),
      ]),
    ),
    replicas: narrowReplicas(snapshot.replicas, services),
  };
}
