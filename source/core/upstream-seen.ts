import { optional } from './door.ts';
import type { AllTold } from './gateways/together.ts';
import { groupBy } from './group-by.ts';
import { placeOf } from './replicas/ports.ts';
import type { NodeRow } from './report.ts';
import { gatewayOf, itemsOf, type GatewayState, type Replica, type Upstream } from './snapshot.ts';
import { toItem } from './upstream-list.ts';

/** A gateway; where every pod is asked also one pod of it. */
export type Source = {
  readonly gateway: string;
  /** NAMESPACE/POD. */
  readonly replica?: string;
  /** Why it could not be read; absent when it was. */
  readonly reason?: string;
};

export type SeenUpstream = {
  readonly source: Source;
  readonly upstream: Upstream;
  /** As they were last known; undefined when they never were. */
  readonly nodes: readonly NodeRow[] | undefined;
};

/** Takes those of the upstreams that are watched. */
export type Belongs = (upstreams: readonly Upstream[]) => readonly Upstream[];

/** What gateways had at a moment. Of a source that could not be read it is what it had before. */
export type Seen = {
  readonly sources: ReadonlyMap<string, Source>;
  readonly upstreams: ReadonlyMap<string, SeenUpstream>;
};

export const nothingSeen: Seen = { sources: new Map(), upstreams: new Map() };

const nameOf = ({ gateway }: Source) => gateway;

const sourceKey = ({ gateway, replica = '' }: Source) => `${gateway} ${replica}`;

const ofGateway = ({ name, reason }: GatewayState): Source => ({
  gateway: name,
  ...optional('reason', reason),
});

const ofReplica = ({ gateway, name, runtime }: Replica): Source => ({
  gateway,
  replica: name,
  ...(runtime.state === 'Unread' && { reason: runtime.reason }),
});

/** Why nothing at all is told. */
function failureOf({ upstreams, replicas, gateways }: AllTold): string | undefined {
  if (upstreams.state === 'Absent') return 'there is no APISIX to ask';
  if (upstreams.state === 'Unread' && !gateways) return upstreams.reason;
  return replicas.state === 'Unread' ? replicas.reason : undefined;
}

/** Who was asked, each as it answered. */
function sourcesOf(told: AllTold, before: Seen): readonly Source[] {
  const failure = failureOf(told);
  const { upstreams, replicas, gateways } = told;
  if (failure !== undefined) {
    const known = before.sources.size === 0 ? [{ gateway: gatewayOf({}) }] : [...before.sources.values()];
    return known.map((source) => ({ ...source, reason: failure }));
  }
  if (replicas.state === 'Read') {
    return [...(gateways ?? []).map(ofGateway), ...replicas.items.map(ofReplica)];
  }
  if (gateways) return gateways.map(ofGateway);
  const names = [...itemsOf(upstreams).map(gatewayOf), ...[...before.sources.values()].map(nameOf)];
  return [{ gateway: names[0] ?? gatewayOf({}) }];
}

type Found = Pick<SeenUpstream, 'source' | 'upstream'>;

function foundIn({ upstreams, replicas }: AllTold, belongs: Belongs): readonly Found[] {
  if (replicas.state === 'Absent') {
    return belongs(itemsOf(upstreams)).map((upstream) => ({
      source: { gateway: gatewayOf(upstream) },
      upstream,
    }));
  }
  return itemsOf(replicas).flatMap((replica) => {
    const source = ofReplica(replica);
    return belongs(itemsOf(replica.runtime)).map((upstream) => ({ source, upstream }));
  });
}

/** Under keys that tell apart what several sources have, and the several that one object may hold inside. */
function keyed(all: readonly Found[]): readonly (readonly [key: string, one: Found])[] {
  const places = groupBy(all, ({ source, upstream }) => `${sourceKey(source)} ${placeOf(upstream)}`);
  return [...places].flatMap(([place, inside]) =>
    inside.map((one, index) => [`${place} ${index}`, one] as const),
  );
}

/** What only lists tell of an upstream stays known. */
function after({ source, upstream }: Found, earlier: SeenUpstream | undefined): SeenUpstream {
  const merged = { ...earlier?.upstream, ...upstream };
  return { source, upstream: merged, nodes: toItem(merged).nodes ?? earlier?.nodes };
}

/** What is seen of the upstreams that `belongs` takes, after what was seen before. */
export function look(before: Seen, told: AllTold, belongs: Belongs): Seen {
  const sources = new Map(sourcesOf(told, before).map((source) => [sourceKey(source), source]));
  const isUnread = ({ source }: Found) =>
    [source, { gateway: source.gateway }].some((one) => sources.get(sourceKey(one))?.reason !== undefined);
  const kept = [...before.upstreams].filter(([, one]) => isUnread(one));
  const fresh = keyed(foundIn(told, belongs))
    .filter(([, one]) => !isUnread(one))
    .map(([key, one]) => [key, after(one, before.upstreams.get(key))] as const);
  return { sources, upstreams: new Map([...kept, ...fresh]) };
}
