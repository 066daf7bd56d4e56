import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const externalNameService: Finding = {
  code: 'ExternalNameService',
  layer: 'Service',
  severities: ['Info'],
  summary: 'the Service is a name for another host: it has no addresses to compare',
  page: {
    meaning: 'A Service of type ExternalName is a DNS alias. No controller publishes addresses for it.',
    cause: 'By choice.',
    objects: ['kind: Service', 'spec: { type: ExternalName, externalName: db.example.com }'],
    action: 'Nothing.',
    commands: [],
  },
  references: [],
  find: ({ join }) => {
    const { service } = join.scope;
    if (service.type !== 'ExternalName') return [];
    return [
      {
        severity: 'Info',
        rows: [],
        message: `the Service is a name for ${service.externalName ?? '<unset>'}: it has no addresses to compare`,
        hint: get(service, `service ${service.name} -o yaml`),
      },
    ];
  },
};
