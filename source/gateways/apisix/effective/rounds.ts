import { portName } from '../../../core/kubernetes.ts';
import { isIn, portOf } from '../../../core/routes.ts';
import type { UpstreamService } from '../../../core/snapshot.ts';
import type { Resource } from '../admin.ts';
import type { ApisixItem } from '../answer.ts';
import { idOfName, upstreamNameOf } from '../name.ts';
import type { Known, Place } from '../../gateway.ts';
import { keyOf, objectsOf, upstreamIdsOf, upstreamOf } from './objects.ts';
import { rulesOf, type Rule } from './rules.ts';

/** Ids worth asking for, one request each. */
export type Ids = Readonly<Partial<Record<Resource, readonly string[]>>>;

/** What is asked for next, when so much is read and these have their upstreams. */
type Round = (known: Known, items: readonly ApisixItem[], found: readonly UpstreamService[]) => Ids;

/** Each port as the routes lead to it; as pods when none does. */
function spelledPorts({ services, routes }: Known): readonly UpstreamService[] {
  return services.flatMap((service) =>
    service.ports.flatMap(({ port }) => {
      const { namespace, name } = service;
      const plain: UpstreamService = { namespace, name, port, granularity: 'endpoint' };
      const spelled = routes.flatMap((route) =>
        route.rules
          .flatMap(({ backends }) => backends)
          .filter((backend) => isIn(service, route, backend) && portOf(service, backend)?.port === port)
          .map(({ subset, granularity = plain.granularity }) => ({
            ...plain,
            ...(subset !== undefined && { subset }),
            granularity,
          })),
      );
      return spelled.length > 0 ? spelled : [plain];
    }),
  );
}

const missing = (known: Known, found: readonly UpstreamService[]) => {
  const ports = new Set(found.map(portName));
  return spelledPorts(known).filter((port) => !ports.has(portName(port)));
};

/** Rules that lead to a port without an upstream. */
function rulesTo(ports: readonly UpstreamService[], known: Known): readonly Rule[] {
  const wanted = new Set(ports.map(portName));
  return rulesOf(known).filter(({ backends }) => backends.some((one) => one && wanted.has(portName(one))));
}

/** Controller 1.x: the ids of the ports' names. */
const byPort: Round = (known) => ({
  upstreams: spelledPorts(known).map((port) => idOfName(upstreamNameOf(port))),
});

/** Controller 2.x: the APISIX services of the rules. */
const byRule: Round = (known, _items, found) => ({
  services: rulesTo(missing(known, found), known).map(({ serviceName }) => idOfName(serviceName)),
});

/**
 * What the APISIX services lead to; where a rule has none, the upstream of its id. Beside an inline upstream there may
 * be one of the same id, which is in its shadow.
 */
const ofServices: Round = (known, items, found) => {
  const { services } = objectsOf(items);
  const led = [...services.values()].flatMap((service) => {
    const isInline = upstreamOf(service) === keyOf(service);
    return [...(isInline ? [service.id] : []), ...upstreamIdsOf(service)];
  });
  const ofRules = rulesTo(missing(known, found), known).map(({ serviceName }) => idOfName(serviceName));
  return { upstreams: [...led, ...ofRules.filter((id) => !services.has(id))] };
};

/** Without the right to see the route, a port may still be led to by its ClusterIP. */
const byClusterIp: Round = (known, _items, found) => ({
  upstreams: missing(known, found).map((port) =>
    idOfName(
      upstreamNameOf({ ...port, granularity: port.granularity === 'service' ? 'endpoint' : 'service' }),
    ),
  ),
});

/** Where upstreams lay; a route that is not among those of HTTP is one of streams. */
export function roundsTo(had: readonly Place[]): readonly Round[] {
  const held = (kind?: 'Route' | 'Service') =>
    had.filter(({ inline }) => inline?.kind === kind).map(({ id }) => id);
  const isRead = (items: readonly ApisixItem[], id: string) =>
    items.some((item) => item.resource === 'routes' && item.id === id);
  return [
    () => ({ upstreams: held(), services: held('Service'), routes: held('Route') }),
    (_known, items) => ({ stream_routes: held('Route').filter((id) => !isRead(items, id)) }),
  ];
}

/** In this order, each for the ports that those before it did not find. */
export const rounds: readonly Round[] = [byPort, byRule, ofServices, byClusterIp];
