import type { Finding } from './finding.ts';
import { livePods, namedTargets, portsNamed } from './named-ports.ts';
import { count, get } from './words.ts';

export const portAmbiguous: Finding = {
  code: 'PortAmbiguous',
  layer: 'Pods',
  references: ['kubernetes/kubernetes#129838'],
  find: ({ join }) =>
    namedTargets(join).flatMap((port) => {
      const pods = livePods(join).filter(
        (pod) => new Set(portsNamed(pod, port).map(({ containerPort }) => containerPort)).size > 1,
      );
      if (pods.length === 0) return [];
      const names = pods.map(({ name }) => name).sort();
      return [
        {
          severity: 'Warning' as const,
          rows: [],
          pods: names,
          port: port.name,
          message: `${count(pods.length, 'pod')} with several container ports named "${port.targetPort}": only the first is published`,
          hint: get(join.scope.service, `pod ${names[0] ?? ''} -o jsonpath='{.spec.containers[*].ports}'`),
        },
      ];
    }),
};
