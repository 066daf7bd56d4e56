import { canonicalHost, parseAddress } from '../../core/address.ts';
import {
  asArray,
  asNumber,
  asRecord,
  asText,
  isRecord,
  optional,
  type UnknownRecord,
} from '../../core/door.ts';
import type {
  Discovery,
  Upstream,
  UpstreamNode,
  UpstreamNodes,
  UpstreamSource,
} from '../../core/snapshot.ts';
import { parseServiceName } from './effective/discovery-name.ts';
import type { Known } from '../gateway.ts';

/** `{"host:port": weight}`; the port may be missing. */
function parseHashNode([key, weight]: readonly [string, unknown]): UpstreamNode {
  return { ...parseAddress(key), weight: asNumber(weight) ?? 1, priority: 0 };
}

function parseArrayNode(value: unknown): UpstreamNode {
  const node = asRecord(value);
  const port = asNumber(node['port']);
  return {
    host: canonicalHost(asText(node['host'])),
    ...(port !== undefined && { port }),
    weight: asNumber(node['weight']) ?? 1,
    priority: asNumber(node['priority']) ?? 0,
  };
}

function parseNodes(value: UnknownRecord): UpstreamNodes {
  const discovery = asText(value['discovery_type']);
  if (discovery !== '') {
    const service = asText(value['service_name']);
    return {
      state: 'Unread',
      reason: `APISIX looks the nodes up itself (${discovery} discovery of "${service}"): the admin API does not have them`,
    };
  }
  const { nodes } = value;
  const items = isRecord(nodes)
    ? Object.entries(nodes).map(parseHashNode)
    : asArray(nodes).map(parseArrayNode);
  return { state: 'Read', items };
}

/** What the look-up of the nodes goes by; `undefined` for upstreams that hold them. */
export function discoveryOf(value: unknown, known: Known): Discovery | undefined {
  const type = asText(asRecord(value)['discovery_type']);
  if (type === '') return undefined;
  const serviceName = asText(asRecord(value)['service_name']);
  return { type, serviceName, ...optional('shouldBe', parseServiceName(type, serviceName, known)?.shouldBe) };
}

/** Every generation of apisix-ingress-controller leaves its name: label `managed-by`, or the description of 1.x. */
function sourceOf(value: UnknownRecord): UpstreamSource {
  if (asText(value['discovery_type']) !== '') return 'Discovery';
  const managedBy = asText(asRecord(value['labels'])['managed-by']);
  const isOurs =
    managedBy === 'apisix-ingress-controller' ||
    asText(value['desc']).startsWith('Created by apisix-ingress-controller');
  return isOurs ? 'Controller' : 'Manual';
}

/** Seconds since epoch, as RFC 3339; undefined too where no Date reaches. */
function momentOf(seconds: unknown): string | undefined {
  const date = new Date((asNumber(seconds) ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** One upstream as the admin API stores it; `nodes` is an array or a hash, as it was PUT. */
export function parseUpstream(id: string, value: unknown): Upstream {
  const upstream = asRecord(value);
  return {
    id,
    name: asText(upstream['name']),
    source: sourceOf(upstream),
    ...optional('scheme', asText(upstream['scheme'])),
    ...optional('updatedAt', momentOf(upstream['update_time'])),
    nodes: parseNodes(upstream),
  };
}
