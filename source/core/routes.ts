import type { Route, RouteBackend, Service, ServicePort } from './kubernetes.ts';

/** Every Service that a route names, in the order of its rules. */
export function backendsIn({
  namespace,
  rules,
}: Route): readonly (RouteBackend & { readonly namespace: string; readonly name: string })[] {
  return rules.flatMap(({ backends }) =>
    backends.map((backend) => ({ namespace, name: backend.serviceName, ...backend })),
  );
}

/** The port of a Service that a backend means, by number or name. */
export function portOf(service: Service, { servicePort }: RouteBackend): ServicePort | undefined {
  return service.ports.find(
    ({ name, port }) => servicePort === port || (name !== '' && servicePort === name),
  );
}

/** The backend is in this Service. */
export function isIn({ namespace, name }: Service, route: Route, backend: RouteBackend): boolean {
  return backend.serviceName === name && (backend.namespace ?? route.namespace) === namespace;
}

/** A route that this gateway must serve: by its kind or class. Another gateway may serve the others. */
export function isOfGateway({ kind, className = '' }: Route): boolean {
  return kind === 'ApisixRoute' || (kind === 'Ingress' && className.startsWith('apisix'));
}
