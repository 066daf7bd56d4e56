import { familyOf } from '../address.ts';
import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const singleFamilyEndpoints: Finding = {
  code: 'SingleFamilyEndpoints',
  layer: 'Endpoints',
  references: ['kubernetes/kubernetes#121631'],
  find: ({ join }) => {
    const { service, endpoints } = join.scope;
    const [first] = service.ipFamilies;
    const rows = join.rows.filter(
      ({ pod, address }) => pod !== undefined && familyOf(address.host) !== first,
    );
    if (endpoints.state !== 'Read' || rows.length === 0) return [];
    return [
      {
        severity: 'Info',
        rows,
        message: `Endpoints holds ${first ?? 'one family'} only, by design: ${addresses(rows)} are in the EndpointSlices alone`,
        hint: getSlices(service),
      },
    ];
  },
};
