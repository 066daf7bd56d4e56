import { cutOf, endpointsCapacity, isCut } from '../cut/predict.ts';
import type { Join, Row } from '../join.ts';
import type { Finding } from './finding.ts';
import { are, count, getSlices } from './words.ts';

/** Empty when the object lacks just what the controller cuts; else how far it is from that. */
function notByRule(join: Join, lost: readonly Row[]): string {
  const predicted = cutOf(join);
  const others = lost.filter((row) => !predicted.has(row)).length;
  return others === 0 ? '' : `; the controller's rule would keep ${others} of these: it has not caught up`;
}

export const endpointsTruncated: Finding = {
  code: 'EndpointsTruncated',
  layer: 'Endpoints',
  severities: ['Error', 'Warning'],
  summary: 'Endpoints is cut at 1000 addresses; the EndpointSlices have them all',
  page: {
    meaning:
      'The Service has more than 1000 addresses. Its Endpoints object holds 1000 of them and says so by an annotation; the EndpointSlices hold all. Whoever reads Endpoints never learns of the others. It is an Error when ready addresses were cut, a Warning when only addresses that are not ready were.',
    cause:
      'The endpoints controller never writes more than 1000 addresses. It keeps ready ones before others, shares the room out over the subsets by their size, and keeps those that come first in the text order of the IPs ("10.64.10.1" comes before "10.64.2.1"). The same pods lose every time: the choice does not rotate.',
    objects: [
      'kind: Endpoints',
      'metadata:',
      '  annotations:',
      '    endpoints.kubernetes.io/over-capacity: truncated   # "warning" in 1.21, which did not cut',
      'subsets: ...                                           # 1000 addresses in all',
    ],
    action:
      'Let every consumer read EndpointSlices. The Endpoints object is deprecated since Kubernetes 1.33; the limit cannot be raised. Gateways and monitoring that still read Endpoints see a part of the pods only: UpstreamCutByEndpoints says so of APISIX.',
    commands: ['kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE'],
  },
  references: ['kubernetes/kubernetes#99975', 'kubernetes/kubernetes#103520', 'kubernetes/kubernetes#73324'],
  find: ({ join, unexplained }) => {
    const rows = isCut(join)
      ? unexplained('Endpoints', 'Missing').filter(({ actual }) => actual.Endpoints === 'Absent')
      : [];
    if (rows.length === 0) return [];
    const ready = rows.filter(({ expected }) => expected.Endpoints === 'Ready').length;
    const all = join.rows.filter(({ expected }) => ['Ready', 'NotReady'].includes(expected.Endpoints)).length;
    return [
      {
        severity: ready > 0 ? 'Error' : 'Warning',
        rows,
        message: `${rows.length} of ${count(all, 'address', 'addresses')} ${are(rows.length)} not in Endpoints (limit ${endpointsCapacity}), ${ready} of them ready${notByRule(join, rows)}`,
        hint: `${getSlices(join.scope.service)}  # has them all: let consumers read EndpointSlices`,
      },
    ];
  },
};
