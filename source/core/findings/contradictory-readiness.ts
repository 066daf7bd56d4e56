import type { Finding } from './finding.ts';
import { isContradictory, mentionedTwice, podUids } from './mentions.ts';
import { addresses, get } from './words.ts';

export const contradictoryReadiness: Finding = {
  code: 'ContradictoryReadiness',
  layer: 'Endpoints',
  references: ['kubernetes/kubernetes#121556', 'kubernetes/kubernetes#121330'],
  find: ({ join }) =>
    (['EndpointSlices', 'Endpoints'] as const).flatMap((layer) => {
      const rows = mentionedTwice(join, layer)
        .filter(({ mentions }) => podUids(mentions).size <= 1 && isContradictory(mentions))
        .map(({ row }) => row);
      if (rows.length === 0) return [];
      const { service } = join.scope;
      return [
        {
          severity: 'Warning',
          layer,
          rows,
          message: `${layer} says of ${addresses(rows)} both that it is ready and that it is not`,
          hint: `${get(service, layer === 'Endpoints' ? `endpoints ${service.name}` : `endpointslices -l kubernetes.io/service-name=${service.name}`)} -o yaml`,
        },
      ];
    }),
};
