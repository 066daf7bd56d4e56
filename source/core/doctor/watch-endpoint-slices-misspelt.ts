import type { DoctorFinding } from './finding.ts';

export const watchEndpointSlicesMisspelt: DoctorFinding = {
  code: 'WatchEndpointSlicesMisspelt',
  layer: 'Upstream',
  severities: ['Error'],
  summary:
    'the controller was told to read EndpointSlices by a key that it does not know: it reads Endpoints',
  page: {
    meaning:
      'Whoever installed the controller wanted it to read EndpointSlices. It reads Endpoints all the same, so Services of more than 1000 pods get an upstream of 1000 nodes.',
    cause:
      'The Helm charts 0.9.0 to 0.14.1 of apisix-ingress-controller write the value config.kubernetes.watchEndpointSlices as watch_endpointslices. The program wants watch_endpoint_slices and ignores keys that it does not know.',
    objects: [
      'ConfigMap   kubernetes.watch_endpointslices: true        # ignored',
      'Log         "use configuration" ... "watch_endpoint_slices": false',
    ],
    action:
      'Put watch_endpoint_slices: true under kubernetes into config.yaml of the ConfigMap, restart the controller, and keep Helm from undoing it; or upgrade to 2.x, which always reads EndpointSlices.',
    commands: [
      'kubectl edit configmap CONFIGMAP -n CONTROLLER_NAMESPACE',
      'kubectl rollout restart deployment/CONTROLLER -n CONTROLLER_NAMESPACE',
      'kubectl eps doctor',
    ],
  },
  references: ['apache/apisix-ingress-controller#2388', 'apache/apisix-helm-chart#818'],
  find: ({ controllers }) =>
    controllers.flatMap(({ namespace, name, pods, misspeltIn, reads }) => {
      if (misspeltIn === undefined || (reads.state === 'Read' && reads.value !== 'Endpoints')) return [];
      return [
        {
          severity: 'Error' as const,
          pods,
          message: `${misspeltIn} sets watch_endpointslices: true, which ${namespace}/${name} ignores: it wants watch_endpoint_slices, and reads Endpoints, cut at 1000 addresses`,
          hint: `kubectl edit ${misspeltIn.replace(/ConfigMap (.*)\/(.*)/, 'configmap $2 -n $1')}`,
        },
      ];
    }),
};
