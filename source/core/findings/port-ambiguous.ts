import type { Finding } from './finding.ts';
import { livePods, namedTargets, portsNamed } from './named-ports.ts';
import { count, get } from './words.ts';

export const portAmbiguous: Finding = {
  code: 'PortAmbiguous',
  layer: 'Pods',
  severities: ['Warning'],
  summary: 'pods with several container ports of the name that is the targetPort',
  page: {
    meaning:
      'Two containers of a pod give the same name to different ports, and the targetPort of the Service is that name. Only the port of the first container is published.',
    cause:
      'The names of ports must differ within a container, not within a pod: nobody refuses the second one. A sidecar that is put in front changes which one is first.',
    objects: [
      'containers:',
      '  - { name: sidecar, ports: [{ name: http, containerPort: 15000 }] }   # this one is published',
      '  - { name: app, ports: [{ name: http, containerPort: 8080 }] }',
    ],
    action: 'Give the ports different names, or make targetPort a number.',
    commands: ["kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.containers[*].ports}'"],
  },
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
