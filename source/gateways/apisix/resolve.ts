import type { ApisixRoute, Service } from '../../core/kubernetes.ts';
import type { Upstream, UpstreamService } from '../../core/snapshot.ts';
import { idOfName, serviceOfName, upstreamNameOf } from './name.ts';

/** What the cluster knows, to tell whose an upstream is. */
export type Known = { readonly services: readonly Service[]; readonly routes: readonly ApisixRoute[] };

/** Every port of every Service, as what an upstream of controller 1.x is for. */
export function servicePorts(services: readonly Service[]): readonly UpstreamService[] {
  return services.flatMap(({ namespace, name, ports }) =>
    ports.map(({ port }) => ({ namespace, name, port, granularity: 'endpoint' as const })),
  );
}

/** Controller 2.x names upstreams after the route's rule: `ns_route_ruleIndex` holds the rule's first backend. */
export function ruleUpstreams({ services, routes }: Known): ReadonlyMap<string, UpstreamService> {
  const byName = new Map(services.map((service) => [`${service.namespace}/${service.name}`, service]));
  return new Map(
    routes.flatMap(({ namespace, name: route, rules }) =>
      rules.flatMap(({ backends: [backend] }, index) => {
        const service = backend && byName.get(`${namespace}/${backend.serviceName}`);
        const port = service?.ports.find(
          ({ name, port: number }) => backend?.servicePort === number || backend?.servicePort === name,
        );
        if (!service || !port) return [];
        const { name } = service;
        const owner: UpstreamService = { namespace, name, port: port.port, granularity: 'endpoint' };
        return [[`${namespace}_${route}_${index}`, owner] as const];
      }),
    ),
  );
}

/** Of several upstreams for the same thing the one whose id is the controller's belongs; the others are strangers. */
function dropImpostors(upstreams: readonly Upstream[]): readonly Upstream[] {
  const owned = new Set(
    upstreams.filter(({ id, name, service }) => service && id === idOfName(name)).map(({ name }) => name),
  );
  return upstreams.map(({ service, ...upstream }) => {
    const impostor = owned.has(upstream.name) && upstream.id !== idOfName(upstream.name);
    return service && !impostor ? { ...upstream, service } : upstream;
  });
}

/**
 * Says which Service port each upstream belongs to: by its name (controller 1.x; 2.x by the routes), and where
 * it has no name by its id. A name that says otherwise beats an id: CRC-32 collides.
 */
export function resolveUpstreams(upstreams: readonly Upstream[], known: Known): readonly Upstream[] {
  const byRule = ruleUpstreams(known);
  const byId = new Map(
    servicePorts(known.services).map((service) => [idOfName(upstreamNameOf(service)), service]),
  );
  const resolved = upstreams.map((upstream) => {
    const { id, name } = upstream;
    const service = name === '' ? byId.get(id) : (byRule.get(name) ?? serviceOfName(name));
    return service ? { ...upstream, service } : upstream;
  });
  return dropImpostors(resolved);
}
