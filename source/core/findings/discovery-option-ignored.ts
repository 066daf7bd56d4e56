import type { Join, Row } from '../join.ts';
import { itemsOf, type Upstream } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { rowsOfPort, spellUpstream } from './words.ts';

const isCut = ({ scope }: Join) =>
  itemsOf(scope.endpoints).some(({ overCapacity }) => overCapacity === 'truncated');

const isAbsentFromEndpoints = ({ actual }: Row) => actual.Endpoints === 'Absent';

/** Only a cut shows which of the two is read: else both hold the same. */
function followsEndpoints(join: Join, { discovery }: Upstream, missing: readonly Row[]): boolean {
  return (
    discovery?.wantsSlices === true &&
    isCut(join) &&
    missing.length > 0 &&
    missing.every(isAbsentFromEndpoints)
  );
}

export const discoveryOptionIgnored: Finding = {
  code: 'DiscoveryOptionIgnored',
  layer: 'Upstream',
  severities: ['Error'],
  summary: 'APISIX is told to discover by EndpointSlices, and does not',
  page: {
    meaning:
      'The service discovery of APISIX has watch_endpoint_slices: true, and its nodes are still those of the cut Endpoints, or none at all.',
    cause:
      'APISIX 3.9 to 3.13 test the option under another name, so Endpoints stay in use. 3.14 reads slices, and files each under its own name, where no upstream looks.',
    objects: [
      'discovery: { kubernetes: { watch_endpoint_slices: true } }',
      'GET /v1/discovery/kubernetes/dump   "name": "NAMESPACE/SERVICE-abc12", or 1000 nodes',
    ],
    action: 'Upgrade to APISIX 3.15.0 or later.',
    commands: ['kubectl get pods -A -l app.kubernetes.io/name=apisix -o yaml'],
  },
  references: ['apache/apisix#11654', 'apache/apisix#12634', 'apache/apisix#10916'],
  find: ({ join, unexplained }) =>
    itemsOf(join.scope.upstreams).flatMap((upstream) => {
      const { rows, ...port } = rowsOfPort(join, upstream.service?.port, unexplained('Upstream', 'Missing'));
      const isKeyed = upstream.discovery?.keyedBySlice === true;
      if (!isKeyed && !followsEndpoints(join, upstream, rows)) return [];
      const what = isKeyed
        ? 'files what it reads under the names of slices, where no upstream looks (3.14)'
        : 'reads Endpoints all the same (3.9 to 3.13)';
      return [
        {
          severity: 'Error' as const,
          rows,
          ...port,
          upstream: spellUpstream(upstream),
          message: `${spellUpstream(upstream)}: APISIX is told watch_endpoint_slices: true, and ${what}`,
          hint: 'kubectl get pods -A -l app.kubernetes.io/name=apisix -o wide',
        },
      ];
    }),
};
