import { itemsOf } from '../snapshot.ts';
import type { Finding } from './finding.ts';

export const upstreamByClusterIp: Finding = {
  code: 'UpstreamByClusterIP',
  layer: 'Upstream',
  severities: ['Info'],
  summary: 'the upstream leads to the ClusterIP: kube-proxy chooses the pod',
  page: {
    meaning:
      'The route asks for resolveGranularity: service, so the only node of the upstream is the ClusterIP of the Service, and kube-proxy spreads the requests over the pods. The upstream is not compared with pods.',
    cause: 'By choice.',
    objects: ['"name": "NAMESPACE_SERVICE_80_service", "nodes": [{ "host": "10.96.0.1", "port": 80 }]'],
    action: 'Nothing. Load balancing, health checks and session affinity of the gateway see one node only.',
    commands: [],
  },
  references: ['apache/apisix-ingress-controller#1225', 'apache/apisix-ingress-controller#853'],
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
