import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { addresses, getSlices } from './words.ts';

export const multiAddressEndpoint: Finding = {
  code: 'MultiAddressEndpoint',
  layer: 'EndpointSlices',
  severities: ['Warning'],
  summary: 'an endpoint with several addresses: kube-proxy uses the first, APISIX all',
  page: {
    meaning:
      'One endpoint of a slice lists several addresses. They are meant to be interchangeable names of one endpoint; kube-proxy uses the first only, APISIX uses all of them.',
    cause:
      "Kubernetes' own controllers write one address an endpoint. This slice was written by hand or by another controller.",
    objects: ['endpoints:', '  - addresses: [10.0.0.7, 10.0.0.8]   # two endpoints were meant'],
    action: 'Write one endpoint for each address.',
    commands: ['kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o yaml'],
  },
  references: ['kubernetes/kubernetes#106267'],
  find: ({ join }) => {
    const { service, endpointSlices } = join.scope;
    const several = itemsOf(endpointSlices)
      .map((slice) => ({ ...slice, endpoints: slice.endpoints.filter((one) => one.addresses.length > 1) }))
      .filter(({ endpoints }) => endpoints.length > 0);
    if (several.length === 0) return [];
    const rows = rowsOfSlices(join, several);
    return [
      {
        severity: 'Warning',
        rows,
        message: `${namesOf(several)} has endpoints of several addresses (${addresses(rows)}): kube-proxy uses the first of each, APISIX all`,
        hint: `${getSlices(service)} -o yaml`,
      },
    ];
  },
};
