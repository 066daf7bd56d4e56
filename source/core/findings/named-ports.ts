import { isTerminal } from '../expected.ts';
import type { Join } from '../join.ts';
import type { ContainerPort, Pod, ServicePort } from '../kubernetes.ts';
import { itemsOf } from '../snapshot.ts';

/** Pods that are or will be published. */
export function livePods({ scope }: Join): readonly Pod[] {
  return itemsOf(scope.pods).filter((pod) => !isTerminal(pod) && !pod.terminating && pod.podIPs.length > 0);
}

/** The container ports that a Service port's named targetPort means in a pod. */
export function portsNamed(pod: Pod, { targetPort, protocol }: ServicePort): readonly ContainerPort[] {
  return pod.namedPorts.filter((port) => port.name === targetPort && port.protocol === protocol);
}

/** Service ports that each pod resolves for itself. */
export function namedTargets({ scope }: Join): readonly ServicePort[] {
  return scope.service.ports.filter(({ targetPort }) => typeof targetPort === 'string');
}
