import { isCut } from '../cut/predict.ts';
import type { Row } from '../join.ts';
import type { Finding } from './finding.ts';
import { addresses, byPort, upstreamName } from './words.ts';

const lostInEndpoints = ({ expected, actual }: Row) =>
  expected.Endpoints === 'Ready' && actual.Endpoints === 'Absent';

const keptInEndpoints = ({ actual }: Row) => actual.Endpoints === 'Ready';

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
  severities: ['Error'],
  summary: 'the upstream was made from the cut Endpoints: the same pods never get traffic',
  page: {
    meaning:
      'The upstream lacks the addresses that the cut of Endpoints took. Whoever writes it reads Endpoints, not EndpointSlices: pods beyond the first 1000 are idle, always the same ones.',
    cause:
      'apisix-ingress-controller 1.x reads Endpoints unless kubernetes.watch_endpoint_slices is true in its configuration. Its Helm charts (0.9.0 to 0.14.1) write the key as watch_endpointslices, which the program ignores: with such a chart the switch has no effect. Controllers 2.x always read EndpointSlices. The discovery of APISIX itself has a similar switch, which does nothing before 3.14.',
    objects: [
      'Endpoints   1000 addresses, over-capacity: truncated',
      'Upstream    "nodes": [ ... the same 1000 ... ]',
      'ConfigMap   kubernetes.watch_endpointslices: true      # misspelt, ignored',
    ],
    action:
      'Put watch_endpoint_slices: true into the ConfigMap of the controller and restart it; its log repeats the setting on start ("use configuration"). Or upgrade to 2.x.',
    commands: [
      'kubectl get configmaps -A -o yaml | grep watch_endpoint',
      'kubectl logs -n CONTROLLER_NAMESPACE deployment/CONTROLLER | grep watch_endpoint_slices',
    ],
  },
  references: ['apache/apisix-ingress-controller#2388'],
  find: ({ join, unexplained }) => {
    if (!isCut(join)) return [];
    const lost = unexplained('Upstream', 'Missing').filter(lostInEndpoints);
    return byPort(join, lost).flatMap(({ port, rows }) => {
      if (!follows(join.rows.filter((row) => row.port === port.name))) return [];
      const upstream = upstreamName(join, port, 'lacks', rows);
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
