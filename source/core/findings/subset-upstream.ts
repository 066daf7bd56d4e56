import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';
import { countNodes, spellUpstream } from './words.ts';

export const subsetUpstream: Finding = {
  code: 'SubsetUpstream',
  layer: 'Upstream',
  severities: ['Info'],
  summary: 'the upstream is a subset: some of the pods, chosen by their labels',
  page: {
    meaning:
      'An ApisixUpstream defines subsets of the Service by labels of its pods, and this upstream is one of them: pods that are missing from it may belong to another. It may still not hold dead ones.',
    cause: 'By choice, for canaries and versions.',
    objects: ['kind: ApisixUpstream', 'spec: { subsets: [{ name: v1, labels: { version: v1 } }] }'],
    action:
      'Nothing. (Controllers 2.x keep the subset by Service name: a rule without a subset may undo it for another rule of the same route.)',
    commands: ['kubectl get apisixupstreams -n NAMESPACE -o yaml'],
  },
  references: [],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams)
      .filter(({ service }) => service?.subset !== undefined)
      .map((one) => {
        const upstream = spellUpstream(one);
        return {
          severity: 'Info',
          rows: [],
          addresses: itemsOf(one.nodes),
          upstream,
          message: `${upstream} is the subset ${one.service?.subset ?? ''}: ${countNodes(one)}, chosen by pod labels`,
          hint: `kubectl get apisixupstreams -n ${join.scope.service.namespace} -o yaml`,
        };
      }),
};
