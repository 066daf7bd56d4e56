import type { Finding } from './finding.ts';
import { get } from './words.ts';

export const weightedSplit: Finding = {
  code: 'WeightedSplit',
  layer: 'Upstream',
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
