import { isWithin } from '../versions.ts';
import type { DoctorFacts } from './facts.ts';
import type { DoctorFinding } from './finding.ts';

/** Who reads Endpoints, as NAMESPACE/NAME. */
function consumers({ controllers, gateways }: DoctorFacts): readonly string[] {
  const readers = controllers.filter(({ reads }) => reads.state === 'Read' && reads.value === 'Endpoints');
  const finders = gateways.filter(
    ({ discovery }) => discovery.state === 'Read' && discovery.value === 'Endpoints',
  );
  return [
    ...readers.map(({ namespace, name }) => `${namespace}/${name}`),
    ...finders.map(({ namespace, name }) => `the discovery of ${namespace}/${name}`),
  ];
}

export const endpointsDeprecated: DoctorFinding = {
  code: 'EndpointsDeprecated',
  layer: 'Endpoints',
  severities: ['Info'],
  summary: 'a program reads the Endpoints API, deprecated since Kubernetes 1.33',
  page: {
    meaning:
      'Since Kubernetes 1.33 the Endpoints API is deprecated: the server warns whoever uses it, and new features (more than 1000 addresses, two IP families, zones) are in EndpointSlices only. It goes on working.',
    cause: 'apisix-ingress-controller 1.x, or the discovery of APISIX, is set to read Endpoints.',
    objects: ['Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
    action:
      'Let them read EndpointSlices: watch_endpoint_slices: true for controllers 1.8 and, from 3.15 on, for the discovery of APISIX.',
    commands: ['kubectl eps explain ControllerReadsEndpoints'],
  },
  references: [],
  find: (facts) => {
    const { version = '' } = facts.components.find(({ component }) => component === 'kubernetes') ?? {};
    if (!isWithin(version, [{ from: '1.33.0' }])) return [];
    return consumers(facts).map((who) => ({
      severity: 'Info' as const,
      message: `${who} reads the Endpoints API, deprecated since Kubernetes 1.33 (the server is ${version})`,
      hint: 'kubectl eps explain EndpointsDeprecated',
    }));
  },
};
