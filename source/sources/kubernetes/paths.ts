import type { gatewayRouteKinds } from '../../core/kubernetes.ts';

/** A kind of namespaced objects: the API group's root and the plural name. */
export type Resource = { readonly root: string; readonly plural: string };

/** The namespaced kinds that are read, where the API server serves them. */
export const resources = {
  services: { root: '/api/v1', plural: 'services' },
  pods: { root: '/api/v1', plural: 'pods' },
  endpoints: { root: '/api/v1', plural: 'endpoints' },
  endpointSlices: { root: '/apis/discovery.k8s.io/v1', plural: 'endpointslices' },
  apisixRoutes: { root: '/apis/apisix.apache.org/v2', plural: 'apisixroutes' },
  ingresses: { root: '/apis/networking.k8s.io/v1', plural: 'ingresses' },
} as const satisfies Readonly<Record<string, Resource>>;

/** The Gateway API's group; a cluster without it has none of its kinds. */
export const gatewayApi = '/apis/gateway.networking.k8s.io';

/** The Gateway API's routes, in the versions that the controllers read. */
export const gatewayRoutes: Readonly<Record<(typeof gatewayRouteKinds)[number], Resource>> = {
  HTTPRoute: { root: `${gatewayApi}/v1`, plural: 'httproutes' },
  GRPCRoute: { root: `${gatewayApi}/v1`, plural: 'grpcroutes' },
  TCPRoute: { root: `${gatewayApi}/v1alpha2`, plural: 'tcproutes' },
  UDPRoute: { root: `${gatewayApi}/v1alpha2`, plural: 'udproutes' },
  TLSRoute: { root: `${gatewayApi}/v1alpha2`, plural: 'tlsroutes' },
};

/** The list in one namespace; without a namespace, in all. */
export function listPath({ root, plural }: Resource, namespace: string | undefined): string {
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** One object. */
export function objectPath(resource: Resource, namespace: string, name: string): string {
  return `${listPath(resource, namespace)}/${encodeURIComponent(name)}`;
}
