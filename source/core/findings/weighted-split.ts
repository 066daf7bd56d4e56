import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const weightedSplit: Finding = {
  code: 'WeightedSplit',
  layer: 'Upstream',
  severities: ['Info'],
  summary: 'a route shares its requests out over several backends: the Service gets a part',
  page: {
    meaning:
      'A rule of a route has several backends with weights. This Service is one of them, and gets its part of the requests: few requests are no sign of drift.',
    cause: 'By choice, for canaries.',
    objects: [
      'kind: ApisixRoute',
      'backends: [{ serviceName: SERVICE, weight: 90 }, { serviceName: canary, weight: 10 }]',
    ],
    action: 'Nothing.',
    commands: ['kubectl get apisixroutes -n NAMESPACE -o yaml'],
  },
  references: [],
  find: ({ join }) => {
    const { service, apisixRoutes } = join.scope;
    const split = apisixRoutes.flatMap(({ name, rules }) =>
      rules
        .filter(({ backends }) => new Set(backends.map(({ serviceName }) => serviceName)).size > 1)
        .filter(({ backends }) => backends.some(({ serviceName }) => serviceName === service.name))
        .map((rule) => `${name}/${rule.name}`),
    );
    if (split.length === 0) return [];
    return [
      {
        severity: 'Info',
        rows: [],
        message: `${split.join(', ')} shares its requests out over several backends by weight: this Service gets a part`,
        hint: get(service, 'apisixroutes -o yaml'),
      },
    ];
  },
};
