/** A kind of namespaced objects: the API group's root and the plural name. */
export type Resource = { readonly root: string; readonly plural: string };

/** The namespaced kinds that are read, where the API server serves them. */
export const resources = {
  services: { root: '/api/v1', plural: 'services' },
  pods: { root: '/api/v1', plural: 'pods' },
  endpoints: { root: '/api/v1', plural: 'endpoints' },
  endpointSlices: { root: '/apis/discovery.k8s.io/v1', plural: 'endpointslices' },
  apisixRoutes: { root: '/apis/apisix.apache.org/v2', plural: 'apisixroutes' },
} as const satisfies Readonly<Record<string, Resource>>;

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
