import { podState } from '../expected.ts';
import type { Finding } from './finding.ts';
import { addresses, get } from './words.ts';

export const publishesNotReady: Finding = {
  code: 'PublishesNotReady',
  layer: 'Service',
  references: ['kubernetes/kubernetes#49239'],
  find: ({ join }) => {
    const { service } = join.scope;
    const rows = join.rows.filter(({ pod }) => pod !== undefined && podState(pod) !== 'Ready');
    if (!service.publishNotReadyAddresses || rows.length === 0) return [];
    return [
      {
        severity: 'Info',
        rows,
        message: `publishNotReadyAddresses: ${addresses(rows)} of pods that are not ready get traffic, as the Service asks`,
        hint: get(service, `service ${service.name} -o yaml`),
      },
    ];
  },
};
