import type { DoctorFinding } from './finding.ts';

export const defaultAdminKey: DoctorFinding = {
  code: 'DefaultAdminKey',
  layer: 'Upstream',
  severities: ['Error', 'Warning'],
  summary: "APISIX's admin API takes a key that is printed in its Helm chart and documentation",
  page: {
    meaning:
      'Everybody knows the key. Who reaches the admin API can read with it (viewer) or change (admin) every route, and with them the certificates and credentials that they hold. A Warning is the key of the viewer.',
    cause:
      'The Helm charts of APISIX and of its ingress controller have default values for admin.credentials and adminKey, the same in every installation that does not set its own.',
    objects: [
      'ConfigMap   deployment.admin.admin_key[].key: the default of the chart',
      'ConfigMap   apisix.default_cluster_admin_key: the same, for the controller 1.x',
      'GatewayProxy   spec.provider.controlPlane.auth.adminKey.value: the same, for 2.x',
    ],
    action:
      'Make new keys, keep them in a Secret, and give them to APISIX and to the controller at the same time: with different keys the controller writes nothing. kubectl eps never prints a key.',
    commands: [
      'openssl rand -hex 16',
      'helm upgrade RELEASE apisix/apisix -n NAMESPACE --reuse-values --set admin.credentials.secretName=SECRET',
    ],
  },
  references: [],
  find: ({ defaultKeys }) =>
    defaultKeys.map(({ role, from }) => ({
      severity: role === 'admin' ? ('Error' as const) : ('Warning' as const),
      message: `${from} holds the ${role} key of APISIX's admin API that the Helm chart has by default, known to everybody`,
      hint: 'kubectl eps explain DefaultAdminKey',
    })),
};
