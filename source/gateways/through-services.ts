import { asArray, asNumber, asRecord, asText } from '../core/door.ts';
import type { Upstream } from '../core/snapshot.ts';
import type { Gateway, GatewayKind, KubeApi, PodName, Surroundings, Told } from './gateway.ts';

/** A kind of gateway that is asked through the API server, by a Service that leads to its admin API. */
type ServedKind = Pick<GatewayKind, 'name'> & {
  /** Of the Services: each is a gateway, and names it. */
  readonly labelSelector: string;
  /** Of the Service, by name: where the admin API is. */
  readonly port: string;
  /** All upstreams there are; paths begin after the admin API's own `/`. */
  readonly upstreams: (admin: KubeApi) => Promise<readonly Upstream[]>;
};

/** What the API server refuses to tell; all else that is thrown is no answer. */
function refusal(error: unknown): string {
  const status = asNumber(asRecord(error)['status']);
  if (status === undefined) throw error;
  return `it answered with ${status}`;
}

/** Refused is Unread: nothing is known of it then. */
async function told({ upstreams }: ServedKind, admin: KubeApi, source: string): Promise<Told> {
  const replicas = { state: 'Absent' } as const;
  try {
    const items = await upstreams(admin);
    return { upstreams: { state: 'Read', items, resourceVersion: '', source }, replicas };
  } catch (error) {
    return { upstreams: { state: 'Unread', reason: refusal(error), source }, replicas };
  }
}

function gatewayAt(kind: ServedKind, kube: KubeApi, { namespace, name }: PodName): Gateway {
  const proxy = `/api/v1/namespaces/${namespace}/services/${name}:${kind.port}/proxy`;
  const admin: KubeApi = { get: (path, query) => kube.get(`${proxy}/${path}`, query) };
  const read = () => told(kind, admin, `Service ${namespace}/${name}`);
  return { name, versions: {}, read, again: read, list: read, close: () => undefined };
}

/** Nobody has said that there is one: who may not look for it is told so, and no more. */
async function find({ name, labelSelector }: ServedKind, { kube, notice }: Surroundings) {
  try {
    return asArray(asRecord(await kube.get('/api/v1/services', { labelSelector }))['items']);
  } catch (error) {
    notice(`cannot look for ${name}: ${refusal(error)}`);
    return [];
  }
}

/** The kind that needs no more than this: it reads all of its upstreams whatever is asked. */
export function throughServices(kind: ServedKind): GatewayKind {
  return {
    name: kind.name,
    open: async (_options, around) => {
      const gateways = (await find(kind, around)).map((service) => {
        const { namespace, name } = asRecord(asRecord(service)['metadata']);
        return gatewayAt(kind, around.kube, { namespace: asText(namespace), name: asText(name) });
      });
      return gateways.length === 0 ? { state: 'Absent' } : { state: 'Open', gateways };
    },
  };
}
