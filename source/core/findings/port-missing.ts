import type { Pod } from '../kubernetes.ts';
import type { Finding } from './finding.ts';
import { findWrongPorts, portsNamed } from './named-ports.ts';
import { count } from './words.ts';

/** The names there are instead, each with its protocol: it must be the same too. */
function namesThere(pods: readonly Pod[]): string {
  const ports = pods.flatMap(({ namedPorts }) => namedPorts);
  const names = [...new Set(ports.map(({ name, protocol }) => `"${name}" (${protocol})`))].sort();
  return names.length === 0 ? 'they name no port at all' : `they have ${names.join(', ')}`;
}

export const portMissing: Finding = {
  code: 'PortMissing',
  layer: 'Pods',
  severities: ['Warning'],
  summary: 'pods without a container port of the name that is the targetPort',
  page: {
    meaning:
      'The targetPort of the Service is a name, and these pods have no container port of that name. They are published under no port of the Service: a slice of theirs has no ports.',
    cause:
      'A named targetPort is looked up in each pod by itself. The selector matches pods of two kinds, or the port was renamed in a rollout and old and new pods differ. The protocol must be the same too.',
    objects: [
      'kind: EndpointSlice',
      'endpoints: [{ addresses: [10.0.0.7], ... }]',
      'ports: null      # some consumers dial port 0 of such a slice',
    ],
    action: 'Name the port in the pods, or make targetPort a number, or narrow the selector.',
    commands: [
      "kubectl get pods -n NAMESPACE -o custom-columns='POD:.metadata.name,PORTS:.spec.containers[*].ports[*].name'",
    ],
  },
  references: ['zalando/skipper#3151'],
  find: ({ join }) =>
    findWrongPorts(
      join,
      (pod, port) => portsNamed(pod, port).length === 0,
      (pods, { targetPort, protocol }) =>
        `${count(pods.length, 'pod')} without a ${protocol} container port named "${targetPort}", the targetPort: ${namesThere(pods)}`,
    ),
};
