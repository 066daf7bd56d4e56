import type { Pod } from '../kubernetes.ts';
import type { Finding } from './finding.ts';
import { livePods, namedTargets, portsNamed } from './named-ports.ts';
import { count, get } from './words.ts';

/** The names there are instead. */
function namesThere(pods: readonly Pod[]): string {
  const names = [...new Set(pods.flatMap(({ namedPorts }) => namedPorts.map(({ name }) => name)))].sort();
  return names.length === 0
    ? 'they name no port at all'
    : `they have ${names.map((name) => `"${name}"`).join(', ')}`;
}

export const portMissing: Finding = {
  code: 'PortMissing',
  layer: 'Pods',
  references: ['zalando/skipper#3151'],
  find: ({ join }) =>
    namedTargets(join).flatMap((port) => {
      const pods = livePods(join).filter((pod) => portsNamed(pod, port).length === 0);
      if (pods.length === 0) return [];
      const names = pods.map(({ name }) => name).sort();
      return [
        {
          severity: 'Warning' as const,
          rows: [],
          pods: names,
          port: port.name,
          message: `${count(pods.length, 'pod')} without a container port named "${port.targetPort}", the targetPort: ${namesThere(pods)}`,
          hint: get(join.scope.service, `pod ${names[0] ?? ''} -o jsonpath='{.spec.containers[*].ports}'`),
        },
      ];
    }),
};
