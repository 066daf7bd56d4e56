import { crc32 } from 'node:zlib';

export type UpstreamOptions = {
  readonly namespace: string;
  /** IPs, each on port 80. */
  readonly nodes: readonly string[];
};

/** What `GET /apisix/admin/upstreams` answers (v3) when apisix-ingress-controller wrote port 80 of httpbin. */
export function adminAnswer({ namespace, nodes }: UpstreamOptions): string {
  const name = `${namespace}_httpbin_80`;
  const id = crc32(name).toString(16);
  const value = {
    id,
    name,
    type: 'roundrobin',
    scheme: 'http',
    desc: 'Created by apisix-ingress-controller, DO NOT modify it manually',
    labels: { 'managed-by': 'apisix-ingress-controller' },
    nodes: nodes.map((host) => ({ host, port: 80, weight: 100 })),
  };
  const item = { key: `/apisix/upstreams/${id}`, value, createdIndex: 7, modifiedIndex: 7 };
  return JSON.stringify({ total: 1, list: [item] });
}
