import { hasSelector } from '../scope.ts';
import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const serviceHasNoSelector: Finding = {
  code: 'ServiceHasNoSelector',
  layer: 'Service',
  severities: ['Info'],
  summary: 'the Service has no selector: its addresses are made by hand, pods are not compared',
  page: {
    meaning:
      'Without a selector no controller fills the Service. Its truth is the Endpoints object that was made by hand, else the slices that were; the other layers are compared with that.',
    cause:
      'By choice: an address outside the cluster, or an operator that writes the addresses itself. The mirroring controller copies hand-made Endpoints into slices, 1000 addresses at most.',
    objects: ['kind: Service', 'spec: {}          # no selector; an empty one is none'],
    action: 'Nothing. Edit the Endpoints, not their mirror: a change of the mirror is undone.',
    commands: ['kubectl get endpoints,endpointslices -n NAMESPACE'],
  },
  references: ['prometheus-operator/prometheus-operator#7678'],
  find: ({ join }) => {
    const { service } = join.scope;
    if (hasSelector(service) || service.type === 'ExternalName') return [];
    return [
      {
        severity: 'Info',
        rows: [],
        message: 'the Service has no selector: its addresses are made by hand, pods are not compared',
        hint: get(service, `endpoints,endpointslices`),
      },
    ];
  },
};
