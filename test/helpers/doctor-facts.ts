import type { ControllerFact, DoctorFacts } from '../../source/core/doctor/facts.ts';

/** A controller of two pods that is told to read Endpoints. */
export const controller: ControllerFact = {
  namespace: 'ingress-apisix',
  name: 'controller',
  pods: ['controller-1', 'controller-2'],
  generation: '1.x',
  reads: { state: 'Read', value: 'Endpoints', from: 'ConfigMap ingress-apisix/controller' },
  writesTo: 'AdminApi',
};

/** Of an installation of which no more is known than what is given. */
export function facts(given: Partial<DoctorFacts> = {}): DoctorFacts {
  return {
    observedAt: '2026-01-02T03:04:05Z',
    components: [],
    controllers: [],
    gateways: [],
    defaultKeys: [],
    permissions: [],
    unread: [],
    ...given,
  };
}
