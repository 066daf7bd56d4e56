import { podState } from '../expected.ts';
import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const publishesNotReady: Finding = {
  code: 'PublishesNotReady',
  layer: 'Service',
  severities: ['Info'],
  summary: 'publishNotReadyAddresses: pods that are not ready get traffic, as the Service asks',
  page: {
    meaning:
      'The Service sets publishNotReadyAddresses. Its pods are published as ready everywhere, whatever their state, terminating ones too.',
    cause:
      'Meant for peers that must find each other before they are ready, as in a StatefulSet. Behind a gateway it sends requests to pods that cannot answer.',
    objects: ['kind: Service', 'spec: { publishNotReadyAddresses: true }'],
    action: 'Nothing, if peers use this Service. Give a gateway a Service of its own that does not set it.',
    commands: ["kubectl get service SERVICE -n NAMESPACE -o jsonpath='{.spec.publishNotReadyAddresses}'"],
  },
  references: ['kubernetes/kubernetes#49239'],
  find: ({ join }) => {
    const { service } = join.scope;
    const rows = join.rows.filter(({ pod }) => pod !== undefined && podState(pod) !== 'Ready');
    if (!service.publishNotReadyAddresses || rows.length === 0) return [];
    return [
      {
        severity: 'Info',
        rows,
        message: `publishNotReadyAddresses: traffic goes to ${addresses(rows)} of pods that are not ready, as the Service asks`,
        hint: get(service, `service ${service.name} -o yaml`),
      },
    ];
  },
};
