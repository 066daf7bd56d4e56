import { itemsOf, type Upstream } from '../snapshot.ts';
import type { Finding, Found } from './finding.ts';
import { spellUpstream } from './words.ts';

function told(upstream: Upstream): Found {
  const { id, source } = upstream;
  const spelled = spellUpstream(upstream);
  const end =
    source === 'Controller'
      ? 'the ClusterIP (resolveGranularity: service)'
      : 'the Service itself, by its ClusterIP or DNS name';
  return {
    severity: 'Info',
    rows: [],
    addresses: itemsOf(upstream.nodes),
    upstream: spelled,
    message: `${spelled} leads to ${end}: kube-proxy chooses the pod`,
    hint: `kubectl eps upstream ${id}`,
  };
}

export const upstreamByClusterIp: Finding = {
  code: 'UpstreamByClusterIP',
  layer: 'Upstream',
  severities: ['Info'],
  summary: 'the upstream leads to the ClusterIP: kube-proxy chooses the pod',
  page: {
    meaning:
      'The route asks for resolveGranularity: service, or people made the upstream so: its only node is the ClusterIP or the DNS name of the Service, and kube-proxy spreads the requests over the pods. The upstream is not compared with pods.',
    cause: 'By choice.',
    objects: ['"name": "NAMESPACE_SERVICE_80_service", "nodes": [{ "host": "10.96.0.1", "port": 80 }]'],
    action: 'Nothing. Load balancing, health checks and session affinity of the gateway see one node only.',
    commands: [],
  },
  references: ['apache/apisix-ingress-controller#1225', 'apache/apisix-ingress-controller#853'],
  find: ({ join }) =>
    itemsOf(join.scope.upstreams)
      .filter(({ service }) => service?.granularity === 'service')
      .map(told),
};
