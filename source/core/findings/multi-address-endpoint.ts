import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { namesOf, rowsOfSlices } from './slices.ts';
import { addresses, getSlices } from './words.ts';

export const multiAddressEndpoint: Finding = {
  code: 'MultiAddressEndpoint',
  layer: 'EndpointSlices',
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
