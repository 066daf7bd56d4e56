import type { PermissionFact } from './facts.ts';
import type { DoctorFinding } from './finding.ts';

/** Kinds whose objects lie in none. */
const hasNoNamespace = new Set(['nodes', 'ingressclasses']);

/** `pods/log`, `endpointslices.discovery.k8s.io`: as `kubectl auth can-i` takes it. */
function canI({ permission, namespace }: PermissionFact): string {
  const { verb, group, resource, subresource, scope } = permission;
  const name = group === '' ? resource : `${resource}.${group}`;
  const flags = [
    ...(subresource === undefined ? [] : [`--subresource=${subresource}`]),
    ...(namespace !== ''
      ? [`-n ${namespace}`]
      : scope === 'Cluster' && !hasNoNamespace.has(resource)
        ? ['-A']
        : []),
  ];
  return ['kubectl auth can-i', verb, name, ...flags].join(' ');
}

export const permissionDenied: DoctorFinding = {
  code: 'PermissionDenied',
  layer: 'Service',
  severities: ['Error', 'Warning', 'Info'],
  summary: 'a permission is missing, without which a command fails or sees less',
  page: {
    meaning:
      'You may not read something that a command needs. An Error makes commands fail, a Warning leaves a layer Unread, so that the verdict is Unknown, an Info costs a detail.',
    cause:
      'No Role or ClusterRole that is bound to you has the rule. doctor asks the API server, permission by permission, with a SelfSubjectAccessReview: that creates nothing.',
    objects: ['SelfSubjectAccessReview   status.allowed: false'],
    action: 'Ask for the rules of the Role in the README, in the namespaces where you need them.',
    commands: ['kubectl auth can-i --list -n NAMESPACE', 'kubectl eps doctor -n NAMESPACE'],
  },
  references: [],
  find: ({ permissions }) =>
    permissions
      .filter(({ allowed }) => allowed === 'No')
      .map((fact) => {
        const { verb, resource, subresource, layer, severity, without } = fact.permission;
        const what = subresource === undefined ? resource : `${resource}/${subresource}`;
        const where = fact.namespace === '' ? '' : ` in ${fact.namespace}`;
        return {
          severity,
          layer,
          message: `no permission to ${verb} ${what}${where}: ${without}`,
          hint: canI(fact),
        };
      }),
};
