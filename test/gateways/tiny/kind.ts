import { asArray, asRecord, asText } from '../../../source/core/door.ts';
import type { Upstream } from '../../../source/core/snapshot.ts';
import { throughServices } from '../../../source/gateways/through-services.ts';

/** `{"service": "shop/web:80", "backends": ["10.0.0.1:8080"]}`, as the admin API of the tiny gateway lists them. */
function parseUpstream(value: unknown): Upstream {
  const { service, backends } = asRecord(value);
  const [, namespace = '', name = '', port = ''] = /^(.*)\/(.*):(.*)$/.exec(asText(service)) ?? [];
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

/** A gateway that is not there: the smallest that the contract allows. */
export const tiny = throughServices({
  name: 'tiny',
  labelSelector: 'gateway=tiny',
  port: 'admin',
  upstreams: async (admin) => asArray(await admin.get('backends')).map(parseUpstream),
});
