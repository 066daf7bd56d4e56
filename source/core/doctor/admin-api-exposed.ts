import type { Diagnosis, DoctorFinding } from './finding.ts';
import type { ExposureFact } from './facts.ts';

function diagnose(exposure: ExposureFact): Diagnosis {
  switch (exposure.kind) {
    case 'AllowAdmin':
      return {
        severity: 'Warning',
        message: `${exposure.from} lets every address use the admin API: allow_admin contains ${exposure.range}`,
        hint: 'kubectl eps explain AdminApiExposed',
      };
    case 'Service': {
      const { type, namespace, name, port } = exposure;
      return {
        severity: 'Error',
        message: `Service ${namespace}/${name} of type ${type} opens the admin API to the outside of the cluster (port ${port})`,
        hint: `kubectl patch service ${name} -n ${namespace} -p '{"spec":{"type":"ClusterIP"}}'`,
      };
    }
  }
}

export const adminApiExposed: DoctorFinding = {
  code: 'AdminApiExposed',
  layer: 'Upstream',
  severities: ['Error', 'Warning'],
  summary: "APISIX's admin API can be reached from other pods, or from outside of the cluster",
  page: {
    meaning:
      'Nothing but a key stands between the admin API and every pod of the cluster (a Warning), or everybody who reaches its nodes or its load balancer (an Error).',
    cause:
      "The chart of APISIX adds 0.0.0.0/0 to allow_admin when the ingress controller is installed with it, so that the controller's pod is let in. A Service of type NodePort or LoadBalancer on the admin port comes from admin.type.",
    objects: [
      'ConfigMap   deployment.admin.allow_admin: [127.0.0.1/24, 0.0.0.0/0]',
      'Service     apisix-admin, type: NodePort, port 9180',
    ],
    action:
      'Set admin.type to ClusterIP, narrow allow_admin to the range of the pods, and let a NetworkPolicy admit the controller only. kubectl eps itself needs neither: it reads through the pod, from 127.0.0.1.',
    commands: [
      'kubectl get services -A | grep admin',
      'helm upgrade RELEASE apisix/apisix -n NAMESPACE --reuse-values --set admin.type=ClusterIP',
    ],
  },
  references: [],
  find: ({ gateways }) => gateways.flatMap(({ exposures }) => exposures.map(diagnose)),
};
