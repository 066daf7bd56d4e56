import { setTimeout as wait } from 'node:timers/promises';
import type { Service } from '../../core/kubernetes.ts';
import { itemsOf, type Layer, type Snapshot } from '../../core/snapshot.ts';
import type { Cluster } from '../../sources/kubernetes/connection.ts';
import { readSurroundings, type Surroundings } from '../../sources/kubernetes/read.ts';
import type { Target } from '../../sources/kubernetes/selections.ts';
import { followCluster } from '../../sources/kubernetes/watch/follow-cluster.ts';
import type { Pace } from '../../sources/kubernetes/watch/pace.ts';
import { combine } from '../combine.ts';
import type { Notice } from '../../gateways/gateway.ts';
import type { GatewayReader } from '../gateway.ts';
import type { Follow, Moment } from '../reader.ts';
import { byNamespaceAndName } from '../select-services.ts';
import { hangBell } from './bell.ts';
import { followGateway } from './follow-gateway.ts';

/** ms between two moments, at least and at most. */
const leastPause = 100;
const longestPause = 5_000;

/** ms for which routes and versions hold: no rollout changes them. */
const surroundingsHold = 30_000;

export type FollowTarget = {
  readonly cluster: Cluster;
  readonly target: Target;
  /** Finds the gateway, each time anew. */
  readonly open: () => Promise<GatewayReader>;
  /** As the Snapshot's. */
  readonly gatewayGiven: boolean;
  readonly notice: Notice;
  readonly now: () => Date;
  readonly pace?: Pace;
};

const absent = { upstreams: { state: 'Absent' }, replicas: { state: 'Absent' }, versions: {} } as const;

const known = <Item>(before: Layer<Item>, after: Layer<Item>) => (after.state === 'Unread' ? before : after);

/** What was read before stays where it cannot be read again. */
function refreshed(before: Surroundings, after: Surroundings): Surroundings {
  return {
    ...after,
    versions: { ...before.versions, ...after.versions },
    apisixRoutes: known(before.apisixRoutes, after.apisixRoutes),
    ingresses: known(before.ingresses, after.ingresses),
    gatewayRoutes: known(before.gatewayRoutes, after.gatewayRoutes),
  };
}

/** Routes and versions, read now and then. */
function keepSurroundings({ cluster, target, now }: FollowTarget) {
  let last: Surroundings | undefined;
  let readAt = 0;
  return {
    current: () => last,
    async refresh() {
      if (last && now().getTime() - readAt < surroundingsHold) return;
      const fresh = await readSurroundings(cluster, target.namespace);
      last = last ? refreshed(last, fresh) : fresh;
      readAt = now().getTime();
    },
  };
}

/** Undefined while they cannot be read: a Service that is not known is not one that is gone. */
function knownServices({ services }: Snapshot, { notice }: FollowTarget): readonly Service[] | undefined {
  if (services.state === 'Unread') notice(`cannot follow Services: ${services.reason}`);
  return services.state === 'Read' ? [...services.items].sort(byNamespaceAndName) : undefined;
}

/** Everything that is followed, in one value; undefined until each part was read for the first time. */
function followAll(given: FollowTarget, changed: () => void, failed: (error: unknown) => void) {
  const { cluster, target, open, now, pace, gatewayGiven } = given;
  const around = keepSurroundings(given);
  const snapshot = (): Snapshot | undefined => {
    const surroundings = around.current();
    if (!surroundings || !kubernetes.isSettled()) return undefined;
    const layers = { ...kubernetes.layers(), ...surroundings };
    return combine(layers, gateway.layers() ?? absent, { takenAt: now().toISOString(), gatewayGiven });
  };
  const gateway = followGateway({
    open,
    everything: target.kind === 'selector',
    known: async () => {
      await around.refresh();
      const current = snapshot();
      return current && itemsOf(current.services).length > 0 ? current : undefined;
    },
    now,
    changed,
    failed,
  });
  const onChange = () => {
    gateway.hurry();
    changed();
  };
  const kubernetes = followCluster(cluster, target, { now, pace, changed: onChange, failed });
  return {
    moment: (): Moment | undefined => {
      const current = snapshot();
      const services = current && knownServices(current, given);
      if (!services) return undefined;
      if (services.length > 0 && !gateway.layers()) return undefined;
      return { snapshot: current, services, freshness: [...kubernetes.freshness(), ...gateway.freshness()] };
    },
    stop: () => {
      kubernetes.stop();
      gateway.stop();
    },
  };
}

/** Follows the Services of the target in the cluster and in the gateway. */
export function followTarget(given: FollowTarget): Follow {
  return async function* moments(signal) {
    const bell = hangBell();
    let failure: { readonly error: unknown } | undefined;
    const followed = followAll(given, bell.ring, (error) => {
      failure = { error };
      bell.ring();
    });
    signal.addEventListener('abort', followed.stop, { once: true });
    signal.addEventListener('abort', bell.ring, { once: true });
    try {
      while (!signal.aborted) {
        const moment = followed.moment();
        if (moment) yield moment;
        await wait(leastPause, undefined, { signal }).catch(() => undefined);
        await bell.heard(longestPause);
        if (failure) throw failure.error;
      }
    } finally {
      followed.stop();
    }
  };
}
