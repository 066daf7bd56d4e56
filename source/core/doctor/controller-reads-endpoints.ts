import type { ControllerFact } from './facts.ts';
import type { DoctorFinding } from './finding.ts';

/** What the log says outlives a change of the ConfigMap, until the next start. */
function remedy({ namespace, name, configuredSince }: ControllerFact): string {
  return configuredSince === 'EndpointSlices'
    ? `kubectl rollout restart deployment/${name} -n ${namespace}  # its ConfigMap says EndpointSlices by now`
    : `kubectl eps explain ControllerReadsEndpoints  # set watch_endpoint_slices: true and restart ${name}`;
}

export const controllerReadsEndpoints: DoctorFinding = {
  code: 'ControllerReadsEndpoints',
  layer: 'Upstream',
  severities: ['Warning'],
  summary: 'the controller makes upstreams of Endpoints, which are cut at 1000 addresses',
  page: {
    meaning:
      'The controller reads Endpoints. As long as no Service has more than 1000 pods nothing is lost; beyond that the upstream gets 1000 nodes, and the other pods no traffic.',
    cause:
      'apisix-ingress-controller 1.x reads Endpoints unless kubernetes.watch_endpoint_slices is true in its configuration; that is its default. The flag --watch-endpointslices counts only without --config-path. Controllers 2.x always read EndpointSlices.',
    objects: [
      'ConfigMap   kubernetes.watch_endpoint_slices: false, or no such key',
      'Log         "use configuration" ... "watch_endpoint_slices": false',
    ],
    action:
      'Put watch_endpoint_slices: true under kubernetes into config.yaml of its ConfigMap and restart it; or upgrade to 2.x. The value of the Helm charts 0.9.0 to 0.14.1 does not help: they misspell the key.',
    commands: [
      'kubectl edit configmap CONFIGMAP -n CONTROLLER_NAMESPACE',
      'kubectl rollout restart deployment/CONTROLLER -n CONTROLLER_NAMESPACE',
      'kubectl logs -n CONTROLLER_NAMESPACE deployment/CONTROLLER | grep watch_endpoint_slices',
    ],
  },
  references: ['apache/apisix-ingress-controller#2388'],
  find: ({ controllers }) =>
    controllers.flatMap((controller) => {
      const { namespace, name, pods, reads, misspeltIn } = controller;
      // A misspelt key is the cause, and told so.
      if (reads.state === 'Unread' || reads.value !== 'Endpoints' || misspeltIn !== undefined) return [];
      return [
        {
          severity: 'Warning' as const,
          pods,
          message: `${namespace}/${name} reads Endpoints, cut at 1000 addresses, not EndpointSlices (${reads.from})`,
          hint: remedy(controller),
        },
      ];
    }),
};
