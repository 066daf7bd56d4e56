import type { Finding } from './finding.ts';
import { findWrongPorts, portsNamed } from './named-ports.ts';
import { count } from './words.ts';

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
    findWrongPorts(
      join,
      (pod, port) => new Set(portsNamed(pod, port).map(({ containerPort }) => containerPort)).size > 1,
      (pods, { targetPort }) =>
        `${count(pods.length, 'pod')} with several container ports named "${targetPort}": only the first is published`,
    ),
};
