import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const headlessService: Finding = {
  code: 'HeadlessService',
  layer: 'Service',
  references: [],
  find: ({ join }) => {
    const { service } = join.scope;
    if (service.clusterIP !== 'None') return [];
    return [
      {
        severity: 'Info',
        rows: [],
        message: 'the Service is headless: clients get the addresses of the pods themselves',
        hint: get(service, `service ${service.name}`),
      },
    ];
  },
};
