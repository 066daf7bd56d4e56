import { familyOf } from '../address.ts';
import type { Finding } from './finding.ts';
import { addresses, are, getSlices } from './words.ts';

export const singleFamilyEndpoints: Finding = {
  code: 'SingleFamilyEndpoints',
  layer: 'Endpoints',
  severities: ['Info'],
  summary: 'Endpoints holds one IP family only, by design; the EndpointSlices have both',
  page: {
    meaning:
      'The Service is dual-stack. Endpoints holds the addresses of its first family only, the slices hold both: one slice has one family.',
    cause: 'Endpoints is older than dual stack and was never given a second family.',
    objects: ['kind: Service', 'spec: { ipFamilies: [IPv4, IPv6] }   # Endpoints: IPv4 alone'],
    action: 'Nothing. Consumers that need the second family must read EndpointSlices.',
    commands: [],
  },
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
        message: `Endpoints holds ${first ?? 'one family'} only, by design: ${addresses(rows)} ${are(rows.length)} in the EndpointSlices alone`,
        hint: getSlices(service),
      },
    ];
  },
};
