import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';

export const upstreamByClusterIp: Finding = {
  code: 'UpstreamByClusterIP',
  layer: 'Upstream',
  references: ['apache/apisix-ingress-controller#1225'],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams)
      .filter(({ service }) => service?.granularity === 'service')
      .map(({ id, name, nodes }) => ({
        severity: 'Info',
        rows: [],
        addresses: nodes.state === 'Read' ? nodes.items : [],
        upstream: name === '' ? id : name,
        message: `${name === '' ? id : name} leads to the ClusterIP (resolveGranularity: service): kube-proxy chooses the pod`,
        hint: `kubectl eps upstream ${id}`,
      })),
};
