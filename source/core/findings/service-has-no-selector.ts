import { hasSelector } from '../scope.ts';
import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const serviceHasNoSelector: Finding = {
  code: 'ServiceHasNoSelector',
  layer: 'Service',
  references: ['kubernetes/kubernetes#118376'],
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
