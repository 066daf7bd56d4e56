import { itemsOf, type GatewayState, type Layer, type Snapshot, type Upstream } from '../snapshot.ts';

/** What one gateway told. */
export type GatewayTold = Pick<Snapshot, 'upstreams' | 'replicas'> & {
  readonly gateway: string;
  /** Why it is left out where another one could be read; for people. */
  readonly dispensable?: string;
};

/** What all gateways told. */
export type AllTold = Pick<Snapshot, 'upstreams' | 'replicas' | 'gateways'>;

type Unread = Extract<Layer<unknown>, { readonly state: 'Unread' }>;

/** The layers of several gateways as one: read as soon as one of them was. */
function merge<Item>(layers: readonly Layer<Item>[]): Layer<Item> {
  const read = layers.flatMap((layer) => (layer.state === 'Read' ? [layer] : []));
  const unread = layers.flatMap((layer): readonly Unread[] => (layer.state === 'Unread' ? [layer] : []));
  const source = (of: readonly { readonly source: string }[]) => of.map((one) => one.source).join(', ');
  if (read.length > 0) {
    const items = read.flatMap((layer) => layer.items);
    return { state: 'Read', items, resourceVersion: '', source: source(read) };
  }
  if (unread.length === 0) return { state: 'Absent' };
  return {
    state: 'Unread',
    reason: unread.map(({ reason }) => reason).join('; '),
    source: source(unread),
  };
}

function stateOf({ gateway: name, upstreams }: GatewayTold): readonly GatewayState[] {
  if (upstreams.state === 'Absent') return [];
  const { source } = upstreams;
  return [{ name, source, ...(upstreams.state === 'Unread' && { reason: upstreams.reason }) }];
}

/** Upstreams under the name of their gateway, but for the only one of the usual kind. */
function named({ gateway, upstreams }: GatewayTold): Layer<Upstream> {
  if (upstreams.state !== 'Read' || gateway === 'apisix') return upstreams;
  return { ...upstreams, items: itemsOf(upstreams).map((upstream) => ({ gateway, ...upstream })) };
}

/** Those that are judged: one that has nothing to be asked for does not make the others unknown. */
export function judgedOf(told: readonly GatewayTold[]): readonly GatewayTold[] {
  const isRead = told.some(({ upstreams }) => upstreams.state === 'Read');
  return isRead ? told.filter(({ dispensable }) => dispensable === undefined) : told;
}

/** What is known of all gateways of a cluster; of one alone it is what that one told. */
export function together(told: readonly GatewayTold[]): AllTold {
  const [only] = told;
  if (told.length === 1 && only) return { upstreams: named(only), replicas: only.replicas };
  const gateways = told.flatMap(stateOf);
  return {
    upstreams: merge(told.map(named)),
    replicas: merge(told.map(({ replicas }) => replicas)),
    ...(gateways.length > 0 && { gateways }),
  };
}
