import { isIP } from 'node:net';

import { asArray, asRecord, isRecord, type UnknownRecord } from '../../../source/core/door.ts';
import type { Flavour } from './answer.ts';
import { upstreamSchema, withDefaults } from './schema.ts';
import type { Item } from './store.ts';

/** `{"host:port": weight}` as a worker unfolds it; a key may lack the port. */
function unfold(nodes: UnknownRecord): readonly UnknownRecord[] {
  return Object.entries(nodes).map(([address, weight]) => {
    const [, host = address, port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(address) ?? [];
    return port === undefined ? { host, weight } : { host, port: Number(port), weight };
  });
}

function isDomain(node: unknown): boolean {
  const { host } = asRecord(node);
  return typeof host === 'string' && isIP(host.replace(/^\[(.*)\]$/, '$1')) === 0;
}

/** Whether a worker has to resolve a name for it; hash nodes in either form. */
export function hasDomain(upstream: unknown): boolean {
  const { nodes } = asRecord(upstream);
  return (isRecord(nodes) ? unfold(nodes) : asArray(nodes)).some(isDomain);
}

/** The marks the first request leaves: priorities, and the lists the balancer keeps. */
function withTraffic(flavour: Flavour, nodes: readonly UnknownRecord[], wasHash: boolean): UnknownRecord {
  const [only, ...others] = nodes;
  const filled =
    only !== undefined && others.length === 0 && 'port' in only
      ? [
          {
            ...only,
            priority: only['priority'] ?? 0,
            upstream_host: `${String(only['host'])}:${String(only['port'])}`,
          },
        ]
      : nodes.map((node) => ({ priority: 0, ...node }));
  const original = wasHash ? nodes : filled;
  return {
    nodes: filled,
    nodes_ref: filled,
    ...(wasHash || flavour === 'v2' ? { original_nodes: original } : {}),
  };
}

/** An upstream (or an inline one) as a worker holds it. */
function upstreamOf(
  flavour: Flavour,
  upstream: UnknownRecord,
  owner: Item,
  hasTraffic: boolean,
): UnknownRecord {
  const value = asRecord(withDefaults(upstreamSchema(flavour), upstream));
  const wasHash = isRecord(value['nodes']) && Object.keys(value['nodes']).length > 0;
  const nodes = wasHash ? unfold(asRecord(value['nodes'])) : value['nodes'];
  const marks = {
    resource_key: owner.key,
    resource_id: owner.key.split('/').at(-1),
    resource_version: owner.modifiedIndex,
  };
  return {
    ...value,
    ...(nodes === undefined ? {} : { nodes }),
    ...(flavour === 'v3' ? marks : {}),
    ...(flavour === 'v3' && hasDomain(upstream) ? { dns_nodes: nodes } : {}),
    ...(hasTraffic && Array.isArray(nodes) && !hasDomain(upstream)
      ? withTraffic(flavour, nodes.map(asRecord), wasHash)
      : {}),
  };
}

/** A route's or a Service's plug-ins: 3.x adds its own `_meta`, both the defaults of `proxy-rewrite`. */
function pluginsOf(flavour: Flavour, plugins: UnknownRecord): UnknownRecord {
  const fill = (name: string, conf: unknown): UnknownRecord => ({
    ...(name === 'proxy-rewrite' ? { use_real_request_uri_unsafe: false } : {}),
    ...(flavour === 'v3' ? { _meta: {} } : {}),
    ...asRecord(conf),
  });
  return Object.fromEntries(Object.entries(plugins).map(([name, conf]) => [name, fill(name, conf)]));
}

/** An item as `/v1/...` shows it, before (`hasTraffic: false`) or after the worker used it. */
export function runtimeOf(
  flavour: Flavour,
  resource: string,
  item: Item,
  hasTraffic: boolean,
): UnknownRecord {
  const { upstream, plugins } = item.value;
  const value =
    resource === 'upstreams'
      ? upstreamOf(flavour, item.value, item, hasTraffic)
      : {
          ...(resource === 'routes' ? { priority: 0, status: 1 } : {}),
          ...item.value,
          ...(isRecord(upstream) ? { upstream: upstreamOf(flavour, upstream, item, hasTraffic) } : {}),
          ...(isRecord(plugins) ? { plugins: pluginsOf(flavour, plugins) } : {}),
        };
  return {
    ...item,
    value,
    has_domain: hasDomain(resource === 'upstreams' ? item.value : upstream),
    ...(flavour === 'v2' ? { clean_handlers: {} } : {}),
    ...(resource === 'routes' ? { orig_modifiedIndex: item.modifiedIndex } : {}),
    ...(resource === 'routes' && flavour === 'v2' ? { update_count: 0 } : {}),
  };
}
