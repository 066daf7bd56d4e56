import { upstreamsOfPort } from './observed.ts';
import { isIn, isOfGateway, portOf } from './routes.ts';
import type { ReplicaPort } from './replicas/ports.ts';
import type { Scope } from './scope.ts';
import { itemsOf, type Layer, type Upstream } from './snapshot.ts';

/**
 * What the gateway has for one Service port: an upstream whose nodes can be compared (`Judged`), only subsets
 * of one (`Partial`: nothing can be called missing), one whose nodes are elsewhere (`Unread`), none although
 * there should be one (`NotFound`), or nothing to compare (`None`).
 */
export type PortState = 'Judged' | 'Partial' | 'Unread' | 'NotFound' | 'None';

/** Service ports that a route of this gateway names, by their numbers. */
function routedPorts({ service, routes }: Scope): ReadonlySet<number> {
  return new Set(
    routes.filter(isOfGateway).flatMap((route) =>
      route.rules
        .flatMap(({ backends }) => backends)
        .filter((backend) => isIn(service, route, backend))
        .flatMap((backend) => portOf(service, backend)?.port ?? []),
    ),
  );
}

/** Another route has taken the place of the one that leads to the port. */
export function isDisplaced({ displaced }: Scope, port: number): boolean {
  return displaced.some(({ service }) => service.port === port);
}

function stateOfPort(scope: Scope, port: number, wanted: boolean): PortState {
  const upstreams = upstreamsOfPort(scope, port);
  if (upstreams.some(({ nodes }) => nodes.state === 'Unread')) return 'Unread';
  if (upstreams.some(({ service }) => service?.subset === undefined)) return 'Judged';
  if (upstreams.length > 0) return 'Partial';
  const byClusterIp = itemsOf(scope.upstreams).some(({ service }) => service?.port === port);
  if (!wanted || byClusterIp) return 'None';
  return scope.unowned.length > 0 && !isDisplaced(scope, port) ? 'Unread' : 'NotFound';
}

/** What the workers of all pods of the gateway have. */
export function runtimeUpstreams({ replicas }: Pick<Scope, 'replicas'>): Layer<Upstream> {
  const items = itemsOf(replicas).flatMap(({ runtime }) => itemsOf(runtime));
  return { state: 'Read', items, resourceVersion: '', source: '' };
}

/** The same of what the gateway's pods use; ports that the configuration alone has are missing there. */
export function runtimePorts(
  { replicas }: Scope,
  ports: readonly ReplicaPort[],
  configured: ReadonlyMap<number, PortState>,
): ReadonlyMap<number, PortState> {
  const all = runtimeUpstreams({ replicas });
  const stateOf = (port: number, state: PortState): PortState => {
    const told = ports.filter((one) => one.port === port);
    const isHeld = replicas.state === 'Unread' || told.length > 0;
    if (!told.some(({ used }) => used)) return isHeld && state !== 'None' ? 'Unread' : 'None';
    const own = upstreamsOfPort({ upstreams: all }, port);
    if (state === 'Judged' || own.some(({ service }) => service?.subset === undefined)) return 'Judged';
    return state === 'Partial' || own.length > 0 ? 'Partial' : 'None';
  };
  return new Map([...configured].map(([port, state]) => [port, stateOf(port, state)]));
}

/** The gateway's state per Service port number. A port beside one with an upstream needs a route to be missed. */
export function gatewayPorts(scope: Scope): ReadonlyMap<number, PortState> {
  const { service, upstreams, gatewayGiven, servedElsewhere } = scope;
  const routed = routedPorts(scope);
  const known = new Set(itemsOf(upstreams).map((upstream) => upstream.service?.port));
  const hasAddresses = service.type !== 'ExternalName';
  const all = gatewayGiven && !service.ports.some(({ port }) => known.has(port));
  const stateOf = (port: number): PortState => {
    if (upstreams.state === 'Unread') return 'Unread';
    if (upstreams.state === 'Absent') return 'None';
    return stateOfPort(scope, port, hasAddresses && (all || routed.has(port)) && !servedElsewhere.has(port));
  };
  return new Map(service.ports.map(({ port }) => [port, stateOf(port)]));
}
