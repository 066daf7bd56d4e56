import { asArray, asNumber, asRecord, asText } from '../../../source/core/door.ts';
import type { Upstream } from '../../../source/core/snapshot.ts';
import type { Gateway, GatewayKind, KubeApi, Told } from '../../../source/gateways/gateway.ts';

/** The Services that lead to gateways of this kind. */
const labelSelector = 'gateway=tiny';

/** `{"service": "shop/web:80", "backends": ["10.0.0.1:8080"]}`, as the admin API of the tiny gateway lists them. */
function parseUpstream(value: unknown): Upstream {
  const { service, backends } = asRecord(value);
  const [namespace = '', name = '', port = ''] = asText(service).split(/[/:]/);
  const items = asArray(backends).map((backend) => {
    const [host = '', own = ''] = asText(backend).split(':');
    return { host, port: Number(own), weight: 1, priority: 0 };
  });
  return {
    id: asText(service),
    name: asText(service),
    source: 'Controller',
    service: { namespace, name, port: Number(port), granularity: 'endpoint' },
    nodes: { state: 'Read', items },
  };
}

/** Everything at once: it has so little. */
async function readUpstreams(kube: KubeApi, source: string): Promise<Told> {
  const replicas = { state: 'Absent' } as const;
  try {
    const list = await kube.get(`${source}:admin/proxy/backends`);
    const items = asArray(list).map(parseUpstream);
    return { upstreams: { state: 'Read', items, resourceVersion: '', source }, replicas };
  } catch (error) {
    const status = asNumber(asRecord(error)['status']);
    if (status === undefined) throw error;
    return { upstreams: { state: 'Unread', reason: `it answered with ${status}`, source }, replicas };
  }
}

/** A gateway whose Service says so by a label. */
export const tiny: GatewayKind = {
  name: 'tiny',
  open: async (_options, { kube }) => {
    const list = asRecord(await kube.get('/api/v1/services', { labelSelector }));
    const gateways = asArray(list['items']).map((service): Gateway => {
      const { namespace, name } = asRecord(asRecord(service)['metadata']);
      const read = () =>
        readUpstreams(kube, `/api/v1/namespaces/${asText(namespace)}/services/${asText(name)}`);
      return { name: asText(name), versions: {}, read, again: read, list: read, close: () => undefined };
    });
    return gateways.length === 0 ? { state: 'Absent' } : { state: 'Open', gateways };
  },
};
