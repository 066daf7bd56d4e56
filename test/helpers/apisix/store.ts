import { asArray, asNumber, asRecord, isRecord, type UnknownRecord } from '../../../source/core/door.ts';
import type { Flavour } from './answer.ts';
import { upstreamSchema, withDefaults } from './schema.ts';

/** One key of etcd as the admin API shows it. */
export type Item = {
  /** `/apisix/upstreams/arr` */
  readonly key: string;
  readonly value: UnknownRecord;
  /** etcd revision of the first and of the last write. */
  readonly createdIndex: number;
  readonly modifiedIndex: number;
};

/** The etcd behind an APISIX: what is PUT stays. */
export type Store = {
  readonly get: (resource: string, id: string) => Item | undefined;
  /** In the order of etcd's keys. */
  readonly items: (resource: string) => readonly Item[];
  readonly put: (resource: string, id: string, value: UnknownRecord) => Item;
  /** Makes the id, as POST does: etcd's revision in 20 digits. */
  readonly post: (resource: string, value: UnknownRecord) => Item;
  /** What is there now, for good. */
  readonly copy: () => Pick<Store, 'get' | 'items'>;
  /** Whether there was something to delete. */
  readonly delete: (resource: string, id: string) => boolean;
};

/** Resources whose value carries no `id`: the key is their `username` or the plug-in's name. */
const withoutId: ReadonlySet<string> = new Set(['consumers', 'plugin_metadata']);

/** What 2.15 writes into a plug-in's configuration by itself. */
const pluginDefaults: Readonly<Record<string, UnknownRecord>> = {
  'proxy-rewrite': { use_real_request_uri_unsafe: false },
};

function withPluginDefaults(plugins: UnknownRecord): UnknownRecord {
  const fill = (name: string, conf: unknown): unknown => {
    if (name !== 'traffic-split') return { ...pluginDefaults[name], ...asRecord(conf) };
    const rules = asArray(asRecord(conf)['rules']).map((rule) => ({
      ...asRecord(rule),
      weighted_upstreams: asArray(asRecord(rule)['weighted_upstreams']).map((one) =>
        withInlineDefaults(asRecord(one)),
      ),
    }));
    return { ...asRecord(conf), rules };
  };
  return Object.fromEntries(Object.entries(plugins).map(([name, conf]) => [name, fill(name, conf)]));
}

function withInlineDefaults(value: UnknownRecord): UnknownRecord {
  const { upstream, plugins } = value;
  return {
    ...value,
    ...(isRecord(upstream) ? { upstream: withDefaults(upstreamSchema('v2'), upstream) } : {}),
    ...(isRecord(plugins) ? { plugins: withPluginDefaults(plugins) } : {}),
  };
}

/** 2.15 stores the schemas' defaults with the value; 3.18 stores what came. */
function asStored(flavour: Flavour, resource: string, value: UnknownRecord): UnknownRecord {
  if (flavour === 'v3') return value;
  if (resource === 'upstreams') return asRecord(withDefaults(upstreamSchema('v2'), value));
  return withInlineDefaults(resource === 'routes' ? { priority: 0, status: 1, ...value } : value);
}

/** `revision` is etcd's before the first write; `now` in seconds stamps `create_time` and `update_time`. */
export function createStore(options: {
  readonly flavour: Flavour;
  readonly revision: number;
  readonly now: () => number;
  /** Hears of every write. */
  readonly onWrite?: ((item: Item) => void) | undefined;
}): Store {
  const items = new Map<string, Item>();
  let { revision } = options;
  const keyOf = (resource: string, id: string): string => `/apisix/${resource}/${id}`;

  const write = (resource: string, id: string, sent: UnknownRecord): Item => {
    const key = keyOf(resource, id);
    const before = items.get(key);
    const now = options.now();
    revision += 1;
    const value = {
      ...asStored(options.flavour, resource, sent),
      ...(withoutId.has(resource) ? {} : { id }),
      create_time: asNumber(sent['create_time']) ?? before?.value['create_time'] ?? now,
      update_time: asNumber(sent['update_time']) ?? now,
    };
    const item = { key, value, createdIndex: before?.createdIndex ?? revision, modifiedIndex: revision };
    items.set(key, item);
    options.onWrite?.(item);
    return item;
  };

  const reading = (from: ReadonlyMap<string, Item>): Pick<Store, 'get' | 'items'> => ({
    get: (resource, id) => from.get(keyOf(resource, id)),
    items: (resource) =>
      [...from.values()]
        .filter(({ key }) => key.startsWith(keyOf(resource, '')))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
  });

  return {
    ...reading(items),
    copy: () => reading(new Map(items)),
    put: write,
    post: (resource, value) => {
      revision += 1;
      return write(resource, revision.toString().padStart(20, '0'), value);
    },
    delete: (resource, id) => {
      const existed = items.delete(keyOf(resource, id));
      if (existed) revision += 1;
      return existed;
    },
  };
}
