import type { Row } from '../join.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { addresses, byPort, upstreamName } from './words.ts';

const lostInEndpoints = ({ expected, actual }: Row) =>
  expected.Endpoints === 'Ready' && actual.Endpoints === 'Absent';

const keptInEndpoints = ({ expected, actual }: Row) =>
  expected.Endpoints === 'Ready' && actual.Endpoints === 'Ready';

/**
 * An upstream follows the cut Endpoints when it lacks most of what the cut took and holds half of what it left.
 * One that reads EndpointSlices holds most of both; an old one holds little of either.
 */
function follows(rows: readonly Row[]): boolean {
  const absent = ({ actual }: Row) => actual.Upstream === 'Absent';
  const cut = rows.filter(lostInEndpoints);
  const kept = rows.filter(keptInEndpoints);
  return cut.filter(absent).length * 2 > cut.length && kept.filter(absent).length * 2 <= kept.length;
}

export const upstreamCutByEndpoints: Finding = {
  code: 'UpstreamCutByEndpoints',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#2388'],
  find: ({ join, unexplained }) => {
    if (!itemsOf(join.scope.endpoints).some(({ overCapacity }) => overCapacity === 'truncated')) return [];
    const lost = unexplained('Upstream', 'Missing').filter(lostInEndpoints);
    return byPort(join, lost).flatMap(({ port, rows }) => {
      if (!follows(join.rows.filter((row) => row.port === port.name))) return [];
      const upstream = upstreamName(join, port);
      return [
        {
          severity: 'Error' as const,
          rows,
          upstream,
          message: `${upstream} follows the cut Endpoints: ${addresses(rows)} get no traffic`,
          hint: 'kubectl get configmap -A -o yaml | grep watch_endpoint  # the controller must have watch_endpoint_slices: true; the Helm chart writes watch_endpointslices, which is ignored',
        },
      ];
    });
  },
};
