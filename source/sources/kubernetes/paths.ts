/** Where a kind of objects is: the API group's root, and the plural name. */
export type Resource = { readonly root: string; readonly plural: string };

/** The Gateway API's group; a cluster without it has none of its kinds. */
export const gatewayApi = '/apis/gateway.networking.k8s.io';

/** The list in one namespace; without a namespace in all, or of a kind that has none. */
export function listPath({ root, plural }: Resource, namespace: string | undefined): string {
  return namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
}

/** One object. */
export function objectPath(resource: Resource, namespace: string, name: string): string {
  return `${listPath(resource, namespace)}/${encodeURIComponent(name)}`;
}
