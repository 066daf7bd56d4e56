import { canonicalHost } from '../../../core/address.ts';
import type { Service } from '../../../core/kubernetes.ts';
import type { Upstream, UpstreamService } from '../../../core/snapshot.ts';
import type { Known } from '../../gateway.ts';

/** `web.shop.svc`, with the domain of the cluster behind it or without: what its DNS knows a Service by. */
const dnsName = /^[^.]+\.[^.]+\.svc(?=\.|$)/;

const plain = (host: string) => dnsName.exec(host)?.[0] ?? host;

/** What a Service is dialled by; a headless one has no address of its own. */
function hostsOf({ namespace, name, clusterIP = '' }: Service): readonly string[] {
  if (clusterIP === '' || clusterIP === 'None') return [];
  return [canonicalHost(clusterIP), `${name}.${namespace}.svc`];
}

/** The Service port that an upstream leads to which people made: all its nodes are the ClusterIP or DNS name, and the port. */
export function ownersByNodes({ services }: Known): (upstream: Upstream) => UpstreamService | undefined {
  const byNode = new Map<string, UpstreamService>();
  for (const service of services) {
    const { namespace, name, ports } = service;
    for (const { port } of ports) {
      const owner: UpstreamService = { namespace, name, port, granularity: 'service' };
      for (const host of hostsOf(service)) byNode.set(`${host} ${port}`, owner);
    }
  }
  return ({ source, nodes }) => {
    if (source !== 'Manual' || nodes.state !== 'Read') return undefined;
    const owners = nodes.items.map(({ host, port = '' }) => byNode.get(`${plain(host)} ${port}`));
    const [first] = owners;
    return owners.every((owner) => owner === first) ? first : undefined;
  };
}
