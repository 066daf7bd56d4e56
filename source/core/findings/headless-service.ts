import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const headlessService: Finding = {
  code: 'HeadlessService',
  layer: 'Service',
  severities: ['Info'],
  summary: 'the Service is headless: clients get the addresses of the pods themselves',
  page: {
    meaning:
      'The Service has no ClusterIP. DNS answers with the addresses of the pods, and clients choose; the slices and Endpoints are as for any other Service.',
    cause: 'By choice, usually for a StatefulSet.',
    objects: ['kind: Service', 'spec: { clusterIP: None }'],
    action: 'Nothing. A gateway must not ask for its ClusterIP: see HeadlessNoneNode.',
    commands: [],
  },
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
