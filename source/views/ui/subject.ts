import type { Service } from '../../core/kubernetes.ts';
import type { Subject } from './state.ts';

/** `app=httpbin` and `http 80->8080` of the screen's header. */
export function subjectOf({ selector, ports }: Service): Subject {
  return {
    selector: Object.entries(selector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    ports: ports.map(({ name, port, targetPort }) => `${name} ${port}->${targetPort}`.trimStart()).join(', '),
  };
}
