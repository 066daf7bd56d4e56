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

/** A slice made by hand beside those of the controllers, which leave it alone. */
export function straySlice({ namespace, service, addresses }: AddressOptions): object {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${service}-stray`, namespace, labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
    endpoints: addresses.map((ip) => ({ addresses: [ip], conditions: { ready: true } })),
  };
}
