import { isTerminal } from '../expected.ts';
import type { Join } from '../join.ts';
import type { ContainerPort, Pod, ServicePort } from '../kubernetes.ts';
import { itemsOf } from '../snapshot.ts';
import type { Found } from './finding.ts';
import { get } from './words.ts';

/** Pods that are or will be published. */
function livePods({ scope }: Join): readonly Pod[] {
  return itemsOf(scope.pods).filter((pod) => !isTerminal(pod) && !pod.terminating && pod.podIPs.length > 0);
}

/** The container ports that a Service port's named targetPort means in a pod. */
export function portsNamed(pod: Pod, { targetPort, protocol }: ServicePort): readonly ContainerPort[] {
  return pod.namedPorts.filter((port) => port.name === targetPort && port.protocol === protocol);
}

/** Service ports that each pod resolves for itself. */
function namedTargets({ scope }: Join): readonly ServicePort[] {
  return scope.service.ports.filter(({ targetPort }) => typeof targetPort === 'string');
}

/** One of each named targetPort that is wrong in some pods, with what is to be said of those. */
export function findWrongPorts(
  join: Join,
  isWrong: (pod: Pod, port: ServicePort) => boolean,
  message: (pods: readonly Pod[], port: ServicePort) => string,
): readonly Found[] {
  return namedTargets(join).flatMap((port) => {
    const pods = livePods(join).filter((pod) => isWrong(pod, port));
    if (pods.length === 0) return [];
    const names = pods.map(({ name }) => name).sort();
    return [
      {
        severity: 'Warning' as const,
        rows: [],
        pods: names,
        port: port.name,
        message: message(pods, port),
        hint: get(join.scope.service, `pod ${names[0] ?? ''} -o jsonpath='{.spec.containers[*].ports}'`),
      },
    ];
  });
}
