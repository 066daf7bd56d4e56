import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const externalNameService: Finding = {
  code: 'ExternalNameService',
  layer: 'Service',
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
