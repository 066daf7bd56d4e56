import { isIn } from '../routes.ts';
import type { Scope } from '../scope.ts';
import { itemsOf, type Share } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { get } from './words.ts';

const spell = ({ weight, total }: Share) => `${weight} of ${total}`;

/** What all upstreams of the Service get together of each split; one that gives it everything is none. */
function partsOf({ upstreams }: Scope): readonly Share[] {
  const parts = new Map<string, Share>();
  for (const share of itemsOf(upstreams).flatMap((upstream) => upstream.shares ?? [])) {
    const key = `${share.of.kind} ${share.of.id}`;
    parts.set(key, { ...share, weight: share.weight + (parts.get(key)?.weight ?? 0) });
  }
  return [...parts.values()].filter(({ weight, total }) => weight < total);
}

/** Kinds of the routes to the Service, as kubectl takes them. */
function kindsOf({ routes }: Scope): string {
  const kinds = new Set(routes.map(({ kind }) => kind.toLowerCase()));
  return [...kinds].sort().join(',') || 'apisixroute';
}

/** Rules that lead to several Services of which one is this, as `ROUTE/RULE`. */
function splitRules({ service, routes }: Scope): readonly string[] {
  return routes.flatMap((route) =>
    route.rules
      .filter(({ backends }) => backends.some((backend) => isIn(service, route, backend)))
      .filter(({ backends }) => !backends.every((backend) => isIn(service, route, backend)))
      .map(({ name }) => (name === '' ? route.name : `${route.name}/${name}`)),
  );
}

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
    const { scope } = join;
    const parts = partsOf(scope);
    const rules = splitRules(scope);
    if (parts.length === 0 && rules.length === 0) return [];
    const where = rules.length > 0 ? rules : parts.map(({ of }) => `${of.kind.toLowerCase()} ${of.id}`);
    const part = parts.length > 0 ? [...new Set(parts.map(spell))].join(', ') : 'a part';
    return [
      {
        severity: 'Info',
        rows: [],
        message: `${[...new Set(where)].join(', ')} shares its requests out over several backends by weight: this Service gets ${part}`,
        hint: get(scope.service, `${kindsOf(scope)} -o yaml`),
      },
    ];
  },
};
