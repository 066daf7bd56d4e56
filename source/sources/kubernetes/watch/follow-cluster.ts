import { optional } from '../../../core/door.ts';
import type { Freshness } from '../../../core/freshness.ts';
import type { Pod } from '../../../core/kubernetes.ts';
import { itemsOf, type Layer } from '../../../core/snapshot.ts';
import type { Cluster } from '../connection.ts';
import { kinds, type Kind } from '../kinds.ts';
import type { Selection } from '../layer.ts';
import type { ChangingLayers } from '../read.ts';
import { endpointsOf, podsOf, servicesOf, slicesOf, type Target } from '../selections.ts';
import { FollowedKind, type FollowOptions } from './follow-kind.ts';
import { followPods } from './follow-pods.ts';
import { defaultPace, type Pace } from './pace.ts';
import type { Named } from './store.ts';
import { watchOver, type Connected } from './watch-over.ts';

/** The Services of a target and what belongs to them, kept in step with the cluster. */
export type FollowedCluster = {
  readonly layers: () => ChangingLayers;
  readonly freshness: () => readonly Freshness[];
  /** Every layer was read, or cannot be. */
  readonly isSettled: () => boolean;
  /** Closes all connections at once. */
  readonly stop: () => void;
};

type Source = Pick<Cluster, 'server' | 'list' | 'stream'>;

/** What tells how current a layer is. */
type Told = Pick<FollowedKind<Named>, 'trouble' | 'readAt'>;

/** When the server last showed itself, and each layer's last moment without trouble. */
function keepTime(now: () => Date) {
  const current = new Map<Freshness['layer'], string>();
  let seen = now().toISOString();
  return {
    alive: () => {
      seen = now().toISOString();
    },
    freshness: (layer: Freshness['layer'], ...told: readonly Told[]): Freshness => {
      const reason = told.find(({ trouble }) => trouble !== undefined)?.trouble;
      const [polledAt] = told.flatMap(({ readAt }) => readAt ?? []).sort();
      const isPolled = polledAt !== undefined;
      if (reason !== undefined) {
        return { layer, state: 'Stale', ...optional('at', current.get(layer)), isPolled, reason };
      }
      const at = polledAt ?? seen;
      current.set(layer, at);
      return { layer, state: 'Live', at, isPolled };
    },
  };
}

export type FollowClusterOptions = Omit<FollowOptions, 'pace'> & {
  readonly pace?: Pace | undefined;
};

/** No Service, or none with a selector. */
const noPods: Layer<Pod> = { state: 'Read', items: [], resourceVersion: '', source: '' };

/** Only what the target names: of several names the whole namespace is watched. */
function narrow<Item extends Named>(layer: Layer<Item>, target: Target): Layer<Item> {
  if (layer.state !== 'Read' || target.kind !== 'names') return layer;
  return { ...layer, items: layer.items.filter(({ name }) => target.names.includes(name)) };
}

/** One watch a kind, and of the pods another one whenever a selector changes. */
function followKinds(cluster: Source, target: Target, options: FollowOptions) {
  let isStopped = false;
  const follow = <Item extends Named>(kind: Kind<Item>, selection: Selection) =>
    new FollowedKind(cluster, kind, selection, { ...options, changed });
  const services = follow(kinds.services, servicesOf(target));
  const endpoints = follow(kinds.endpoints, endpointsOf(target));
  const endpointSlices = follow(kinds.endpointSlices, slicesOf(target));
  const nodes = follow(kinds.nodes, {});
  const pods = followPods(target.namespace, (selection) => follow(kinds.pods, selection));
  const all = () =>
    [services, endpoints, endpointSlices, nodes, pods.current()].flatMap((one): Connected[] =>
      one ? [one] : [],
    );

  function changed(): void {
    if (isStopped) return;
    if (services.isSettled) pods.steer(podsOf(target, itemsOf(narrow(services.layer(), target))));
    options.changed();
  }

  const stop = () => {
    isStopped = true;
    for (const each of all()) each.stop();
  };
  return { services, endpoints, endpointSlices, nodes, pods: pods.current, all, stop };
}

/** Goes on until it is stopped. */
export function followCluster(
  cluster: Source,
  target: Target,
  { now, pace = defaultPace, changed, failed }: FollowClusterOptions,
): FollowedCluster {
  const stopped = new AbortController();
  const time = keepTime(now);
  const followed = followKinds(cluster, target, { pace, now, changed, failed });
  const { services, endpoints, endpointSlices, nodes, pods, all } = followed;
  watchOver(cluster, { pace, signal: stopped.signal, alive: time.alive, followed: all }).catch(failed);
  return {
    layers: () => ({
      services: narrow(services.layer(), target),
      pods: pods()?.layer() ?? noPods,
      endpointSlices: endpointSlices.layer(),
      endpoints: narrow(endpoints.layer(), target),
      nodes: nodes.layer(),
    }),
    freshness: () => [
      time.freshness('Pods', services, pods() ?? services),
      time.freshness('EndpointSlices', endpointSlices),
      time.freshness('Endpoints', endpoints),
    ],
    isSettled: () => all().every((each) => each.isSettled),
    stop: () => {
      stopped.abort();
      followed.stop();
    },
  };
}
