import { divergence } from '../divergence.ts';
import { behind } from '../replicas/drift.ts';
import type { Join, Row } from '../join.ts';
import type { Context, Finding, Found } from './finding.ts';
import { askAll, describeMembers, draftOf, ofPods } from './replica-words.ts';
import { addresses, byPort } from './words.ts';

const restart = (replica = 'NAMESPACE/POD') => {
  const [namespace = '', name = ''] = replica.split('/');
  return `kubectl delete pod ${name} -n ${namespace}  # it reads its whole configuration when it starts`;
};

/** What no configuration that was read explains: that of these pods is not known, or is wrong beside a right one. */
function unconfigured({ join, unexplained }: Context, named: ReadonlySet<Row>): readonly Found[] {
  const rows = [...unexplained('Runtime', 'Missing'), ...unexplained('Runtime', 'Stale')].filter(
    (row) => divergence(row, 'Upstream') === undefined && !named.has(row),
  );
  return byPort(join, rows).map(({ port, rows: own }) => ({
    severity: 'Error',
    rows: own,
    port: port.name,
    message: `what APISIX pods use is wrong in ${addresses(own)}, and no configuration that was read says so`,
    hint: askAll(join.scope.service),
  }));
}

function configured(join: Join): readonly Found[] {
  return behind(join).map((drifting) => {
    const draft = draftOf(join, drifting);
    const [first] = drifting.members;
    return {
      severity: 'Error',
      ...draft,
      message: `${ofPods(drifting)} behind the configuration: ${describeMembers(drifting)}`,
      hint: restart(first?.replica.name),
    };
  });
}

export const dataPlaneBehind: Finding = {
  code: 'DataPlaneBehind',
  layer: 'Runtime',
  severities: ['Error'],
  summary: 'a pod of the gateway does not use what it is configured with',
  page: {
    meaning:
      'The admin API tells the right addresses, and the workers of the pod send requests to others. Whoever looks at the configuration alone sees nothing wrong.',
    cause:
      'The workers lost their watch on etcd, or could not take the change in. When no configuration can be read, it is said of pods that use what no ready pod has.',
    objects: [
      'admin API     /apisix/admin/upstreams/ID   10.0.0.1:80 10.0.0.2:80',
      'control API   /v1/upstream/ID              10.0.0.1:80',
    ],
    action:
      'Read the error log of the pod for its connection to etcd. A pod that is started again reads everything anew.',
    commands: ['kubectl logs POD -n NAMESPACE --since 1h', 'kubectl delete pod POD -n NAMESPACE'],
  },
  references: ['apache/apisix#12283', 'apache/apisix#9038', 'apache/apisix#9539'],
  find: (context) => {
    const found = configured(context.join);
    const named = new Set(found.flatMap(({ rows }) => rows));
    return [...found, ...unconfigured(context, named)];
  },
};
