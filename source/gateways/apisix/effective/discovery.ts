import { canonicalHost } from '../../../core/address.ts';
import { asArray, asNumber, asRecord, asText, isRecord } from '../../../core/door.ts';
import { fullName } from '../../../core/kubernetes.ts';
import type { Upstream, UpstreamNode, UpstreamNodes } from '../../../core/snapshot.ts';
import { parseServiceName, type DiscoveryName } from './discovery-name.ts';
import type { Known } from '../../gateway.ts';

/** What APISIX found in one cluster. */
export type Registry = {
  /** Empty for the only one. */
  readonly id: string;
  /** It is told to read EndpointSlices, not Endpoints; absent where its configuration does not say. */
  readonly wantsSlices?: boolean;
  /** Nodes by port name, by `ns/name`. */
  readonly services: ReadonlyMap<string, ReadonlyMap<string, readonly UpstreamNode[]>>;
};

/** APISIX 3.10 to 3.13 show no more than the first 1024 keys: two for each Service. */
const shownServices = 512;

/** A node without a host is none: APISIX 3.14 reads slices so. */
function parseNodes(value: unknown): readonly UpstreamNode[] {
  return asArray(value)
    .map(asRecord)
    .filter(({ host }) => asText(host) !== '')
    .map(({ host, port, weight }) => ({
      host: canonicalHost(asText(host)),
      ...(asNumber(port) !== undefined && { port: asNumber(port) ?? 0 }),
      weight: asNumber(weight) ?? 1,
      priority: 0,
    }));
}

/** A `value` is JSON inside a string. */
function parsePorts(value: unknown): ReadonlyMap<string, readonly UpstreamNode[]> {
  try {
    const ports = asRecord(JSON.parse(asText(value)));
    return new Map(Object.entries(ports).map(([port, nodes]) => [port, parseNodes(nodes)]));
  } catch {
    return new Map();
  }
}

/**
 * An answer of the control API's `/v1/discovery/kubernetes/dump`, whose `config` holds the token that APISIX shows to
 * Kubernetes: nothing of it is kept but `watch_endpoint_slices`. `undefined` for anything else.
 */
export function parseDump(value: unknown): readonly Registry[] | undefined {
  const { endpoints, config } = asRecord(value);
  if (!isRecord(config) && !Array.isArray(config)) return undefined;
  if (!isRecord(endpoints) && !Array.isArray(endpoints)) return undefined;
  const configs = (isRecord(config) ? [config] : asArray(config)).map(asRecord);
  return asArray(endpoints)
    .map(asRecord)
    .map(({ id, endpoints: entries }) => {
      const own = configs.find((one) => asText(one['id']) === asText(id));
      const wantsSlices = own?.['watch_endpoint_slices'];
      return {
        id: asText(id),
        ...(typeof wantsSlices === 'boolean' && { wantsSlices }),
        services: new Map(
          asArray(entries)
            .map(asRecord)
            .map(({ name, value: ports }) => [asText(name), parsePorts(ports)]),
        ),
      };
    });
}

/** Keys of slices (`ns/web-abc12`) where that of the Service is missing. */
function isKeyedBySlice({ services }: Registry, key: string, known: Known): boolean {
  const names = new Set(known.services.map(fullName));
  const isSlice = (one: string) =>
    one.startsWith(key) && /^-[a-z0-9]{5}$/.test(one.slice(key.length)) && !names.has(one);
  return !services.has(key) && [...services.keys()].some(isSlice);
}

function nodesOf({ services }: Registry, { key, port }: DiscoveryName): UpstreamNodes {
  if (services.size === 0) {
    return {
      state: 'Unread',
      reason: 'the dump of kubernetes discovery is empty: APISIX before 3.13 shows none',
    };
  }
  const ports = services.get(key);
  if (!ports && services.size >= shownServices) {
    return {
      state: 'Unread',
      reason: `the dump of kubernetes discovery ends after ${services.size} Services, and ${key} is not among them`,
    };
  }
  return { state: 'Read', items: ports?.get(port) ?? [] };
}

/** Upstreams with the nodes that kubernetes discovery found for them. */
export function discover(
  upstreams: readonly Upstream[],
  registries: readonly Registry[],
  known: Known,
): readonly Upstream[] {
  return upstreams.map((upstream) => {
    const { discovery } = upstream;
    const name = discovery && parseServiceName(discovery.type, discovery.serviceName, known);
    const registry = name && registries.find(({ id }) => id === name.registry);
    if (!discovery || !name || !registry) return upstream;
    const { wantsSlices } = registry;
    const nodes = nodesOf(registry, name);
    const isKeyed =
      wantsSlices !== false && nodes.state === 'Read' && isKeyedBySlice(registry, name.key, known);
    return {
      ...upstream,
      nodes,
      discovery: {
        ...discovery,
        ...(wantsSlices !== undefined && { wantsSlices }),
        ...(isKeyed && { keyedBySlice: true }),
      },
    };
  });
}
