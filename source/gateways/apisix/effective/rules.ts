import {
  fullName,
  type Route,
  type RouteBackend,
  type RouteRule,
  type Service,
} from '../../../core/kubernetes.ts';
import { portOf } from '../../../core/routes.ts';
import type { RouteName, UpstreamService } from '../../../core/snapshot.ts';
import { upstreamNameOf } from '../name.ts';
import type { Known } from '../../gateway.ts';

/** One rule of a route of Kubernetes: apisix-ingress-controller 2.x makes an APISIX service of it. */
export type Rule = {
  /** The APISIX service's name; its id is the name's. */
  readonly serviceName: string;
  readonly route: RouteName;
  /** Over TCP or UDP: APISIX prefers an inline upstream to `upstream_id` there. */
  readonly isStream: boolean;
  /** In the order of the rule; `undefined` for one whose port cannot be told. */
  readonly backends: readonly (UpstreamService | undefined)[];
};

/** What follows `ns_route_rule` in the names of the kinds that are told apart. */
const suffixes: Readonly<Partial<Record<Route['kind'], string>>> = {
  GRPCRoute: '_grpc',
  TCPRoute: '_TCP',
  UDPRoute: '_UDP',
  TLSRoute: '_TLS',
};

/** apisix-ingress-controller 2.x `ComposeServiceNameWithRule` and its like. */
function serviceNameOf({ kind, namespace, name }: Route, rule: RouteRule, index: number): string {
  const own = `${namespace}_${name}`;
  if (rule.protocol !== undefined) return `${own}_${rule.name}_${rule.protocol}`;
  return kind === 'Ingress' ? `${own}_${rule.name}` : `${own}_${index}${suffixes[kind] ?? ''}`;
}

function ownerOf(
  route: Route,
  backend: RouteBackend,
  services: ReadonlyMap<string, Service>,
): UpstreamService | undefined {
  const { serviceName: name, servicePort, subset, granularity = 'endpoint' } = backend;
  const namespace = backend.namespace ?? route.namespace;
  const service = services.get(fullName({ namespace, name }));
  const spelled = typeof servicePort === 'number' ? servicePort : undefined;
  const port = service ? portOf(service, backend)?.port : spelled;
  if (port === undefined) return undefined;
  return { namespace, name, port, ...(subset !== undefined && { subset }), granularity };
}

/** Every rule of the routes that are known. */
export function rulesOf({ services, routes }: Known): readonly Rule[] {
  const byName = new Map(services.map((service) => [fullName(service), service]));
  return routes.flatMap((route) =>
    route.rules.map((rule, index) => ({
      serviceName: serviceNameOf(route, rule, index),
      route: { kind: route.kind, namespace: route.namespace, name: route.name },
      isStream: rule.protocol !== undefined || ['TCPRoute', 'UDPRoute', 'TLSRoute'].includes(route.kind),
      backends: rule.backends.map((backend) => ownerOf(route, backend, byName)),
    })),
  );
}

/** Controller 2.x `ComposeUpstreamNameForBackendRef`, for backends of the Gateway API beside the first. */
function backendRefName({ namespace, name, port }: UpstreamService): string {
  return `Service_${namespace}_${name}_${port}`;
}

/** The backend of a rule whose upstream has this name, beside the rule's first. */
export function backendNamed({ serviceName, backends }: Rule, upstreamName: string): number | undefined {
  const index = backends.findIndex(
    (backend, position) =>
      upstreamName === `${serviceName}_${position}` ||
      (backend && [backendRefName(backend), upstreamNameOf(backend)].includes(upstreamName)),
  );
  return index === -1 ? undefined : index;
}
