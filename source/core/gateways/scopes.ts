import type { Scope } from '../scope.ts';
import { gatewayOf, itemsOf, type GatewayState, type Layer, type Upstream } from '../snapshot.ts';

/** A Service in one gateway; without a name in the only one. */
export type GatewayScope = { readonly gateway?: string; readonly scope: Scope };

function layerOf({ upstreams }: Scope, { name, source, reason }: GatewayState): Layer<Upstream> {
  if (reason !== undefined) return { state: 'Unread', reason, source };
  const items = itemsOf(upstreams).filter((upstream) => gatewayOf(upstream) === name);
  return { state: 'Read', items, resourceVersion: '', source };
}

/** What of a Service is in one of several gateways. */
function scopeIn(scope: Scope, state: GatewayState): Scope {
  const { replicas } = scope;
  const isOwn = (upstream: Upstream) => gatewayOf(upstream) === state.name;
  const pods = itemsOf(replicas).filter(({ gateway }) => gateway === state.name);
  return {
    ...scope,
    gateways: [],
    upstreams: layerOf(scope, state),
    replicas: replicas.state === 'Read' ? { ...replicas, items: pods } : replicas,
    displaced: scope.displaced.filter(({ upstream }) => isOwn(upstream)),
    unowned: scope.unowned.filter(isOwn),
  };
}

/** Ports that a gateway has something for; all of them where it cannot be told. */
function portsIn({ service, upstreams, replicas }: Scope): readonly number[] {
  if (upstreams.state === 'Unread') return service.ports.map(({ port }) => port);
  const runtime = itemsOf(replicas).flatMap((replica) => itemsOf<Upstream>(replica.runtime));
  return [...itemsOf(upstreams), ...runtime].flatMap((upstream) => upstream.service?.port ?? []);
}

/**
 * A Service in each gateway that has something of it, or may have. Where none has, and so none can be told from the
 * others, it is judged in all of them together.
 */
export function scopesByGateway(scope: Scope): readonly GatewayScope[] {
  if (scope.gateways.length < 2) return [{ scope }];
  const all = scope.gateways.map((state) => {
    const own = scopeIn(scope, state);
    return { gateway: state.name, scope: own, ports: portsIn(own) };
  });
  const isConcerned = ({ ports, scope: own }: (typeof all)[number]) =>
    ports.length > 0 || own.displaced.length > 0 || own.unowned.length > 0;
  const concerned = all.filter(isConcerned);
  if (concerned.length === 0) return [{ scope }];
  return concerned.map(({ gateway, scope: own }) => {
    const elsewhere = all.filter((one) => one.gateway !== gateway).flatMap(({ ports }) => ports);
    return { gateway, scope: { ...own, servedElsewhere: new Set(elsewhere) } };
  });
}
