type ServiceOptions = { readonly namespace: string; readonly name: string; readonly spec: object };

export function service({ namespace, name, spec }: ServiceOptions): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

type AddressOptions = {
  readonly namespace: string;
  /** Name of the Service. */
  readonly service: string;
  /** IPs, all ready on port `http` 80. */
  readonly addresses: readonly string[];
};

/** Endpoints made by hand. */
export function endpoints({ namespace, service, addresses }: AddressOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: service, namespace },
    subsets: [
      { addresses: addresses.map((ip) => ({ ip })), ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
    ],
  };
}

type SliceOptions = {
  readonly namespace: string;
  /** Name of the Service. */
  readonly service: string;
  /** Who says that he keeps it; nobody by default. */
  readonly managedBy?: string;
  /** The Service that owns it; none by default. */
  readonly owner?: { readonly name: string; readonly uid: string };
  /** As in an EndpointSlice; their port is `http` 80. */
  readonly endpoints: readonly object[];
};

/** A slice made by hand, by the name `SERVICE-stray`. */
export function handMadeSlice(options: SliceOptions): object {
  const { namespace, service, managedBy, owner, endpoints } = options;
  const labels = {
    'kubernetes.io/service-name': service,
    ...(managedBy !== undefined && { 'endpointslice.kubernetes.io/managed-by': managedBy }),
  };
  const ownerReferences = owner && [{ apiVersion: 'v1', kind: 'Service', controller: true, ...owner }];
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${service}-stray`, namespace, labels, ownerReferences },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    endpoints,
  };
}

/** A slice made by hand beside those of the controllers, which leave it alone. */
export function straySlice({ addresses, ...options }: AddressOptions): object {
  const endpoints = addresses.map((ip) => ({ addresses: [ip], conditions: { ready: true } }));
  return handMadeSlice({ ...options, endpoints });
}
