import { cutOf } from '../cut/predict.ts';
import { judgeBug } from '../known-bugs/known-bug.ts';
import { endpointsNeverWrittenAgain } from '../known-bugs/kubernetes.ts';
import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { addresses } from './words.ts';

export const endpointsFrozen: Finding = {
  code: 'EndpointsFrozen',
  layer: 'Endpoints',
  severities: ['Error'],
  summary: 'Endpoints, once cut at 1000 addresses, is no longer written and keeps dead pods',
  page: {
    meaning:
      'The Endpoints object says that it is cut and holds addresses that no ready pod has, while the EndpointSlices are right; it may lack pods that there is room for. It looks as if the endpoints controller stopped writing it.',
    cause:
      'A regression of a few patch releases: an update that changes nothing, as a cut that keeps the same 1000 addresses, leaves the resourceVersion as it was; the controller takes its own cache for stale from then on and never writes this object again. On servers that do not have the bug this is StaleInEndpoints.',
    objects: [
      'kind: Endpoints',
      'metadata:',
      '  annotations:',
      '    endpoints.kubernetes.io/over-capacity: truncated',
      '    endpoints.kubernetes.io/last-change-trigger-time: ...   # long ago',
      'subsets: ...                                                # IPs of pods that are gone',
    ],
    action:
      'Upgrade the control plane. Until then delete the object: the controller makes it again at once, with the right addresses; it may freeze again.',
    commands: ['kubectl delete endpoints SERVICE -n NAMESPACE'],
  },
  references: [
    'kubernetes/kubernetes#127370',
    'kubernetes/kubernetes#126578',
    'kubernetes/kubernetes#127417',
  ],
  find: ({ join, unexplained }) => {
    const { service, endpoints, versions } = join.scope;
    const wasCut = itemsOf(endpoints).some(({ overCapacity }) => overCapacity !== undefined);
    const stale = wasCut ? unexplained('Endpoints', 'Stale') : [];
    const verdict = judgeBug(endpointsNeverWrittenAgain, versions);
    if (stale.length === 0 || verdict === 'NotAffected') return [];
    const cut = cutOf(join);
    const lost = unexplained('Endpoints', 'Missing').filter((row) => !cut.has(row));
    const frozen = new Set([...stale, ...lost]);
    const lacks = lost.length === 0 ? '' : ` and lacks ${lost.length} that it has room for`;
    const why =
      verdict === 'Affected'
        ? 'it is no longer written'
        : 'it may no longer be written, which cannot be told, for the version of the server is not known';
    return [
      {
        severity: 'Error',
        rows: join.rows.filter((row) => frozen.has(row)),
        message: `the cut Endpoints still holds ${addresses(stale)} that no ready pod has${lacks}: ${why}`,
        hint: `kubectl delete endpoints ${service.name} -n ${service.namespace}  # the controller makes it again at once`,
      },
    ];
  },
};
