import { setTimeout as wait } from 'node:timers/promises';
import { optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { Freshness } from '../../core/freshness.ts';
import type { LayerName } from '../../core/report.ts';
import { itemsOf, routesOf, type Replica, type Snapshot } from '../../core/snapshot.ts';
import type { GatewayLayers, GatewayReader } from '../gateway.ts';
import { hangBell } from './bell.ts';

/** ms between two polls of a gateway. */
export type GatewayPace = {
  readonly every: number;
  /** After a change in the cluster. */
  readonly soonest: number;
  /** Where it costs more: lists for very many Services, or a gateway or a pod of it that does not answer. */
  readonly everyCostly: number;
};

const usualPace: GatewayPace = { every: 5_000, soonest: 1_000, everyCostly: 15_000 };

export type FollowedGateway = {
  /** As last read; undefined until then. */
  readonly layers: () => GatewayLayers | undefined;
  readonly freshness: () => readonly Freshness[];
  /** The cluster has changed: what it holds for the gateway will soon. */
  readonly hurry: () => void;
  readonly stop: () => void;
};

export type FollowGatewayOptions = {
  readonly open: () => Promise<GatewayReader>;
  /** There may be very many Services, for which it is read by lists. */
  readonly everything: boolean;
  /** What is known of the cluster, and of the gateway so far; undefined while there is no Service to ask for. */
  readonly known: () => Promise<Snapshot | undefined>;
  readonly now: () => Date;
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
  readonly pace?: GatewayPace;
};

/** `at`: RFC 3339, of the last answer; absent when there was none. */
type Told = { readonly layers: GatewayLayers; readonly at?: string; readonly trouble?: string };

const isUnread = ({ upstreams }: Replica) => upstreams.state === 'Unread';

/** Without the pods that could not be read: they are asked anew. */
function withoutUnread(snapshot: Snapshot): Snapshot {
  const { replicas } = snapshot;
  if (replicas.state !== 'Read') return snapshot;
  return { ...snapshot, replicas: { ...replicas, items: replicas.items.filter((one) => !isUnread(one)) } };
}

/** One of several gateways did not answer. */
function isInPart({ gateways = [] }: GatewayLayers): boolean {
  return gateways.some(({ reason }) => reason !== undefined);
}

/** What could not be read costs the time that it is waited for, each time. */
function isCostly({ layers, trouble }: Told): boolean {
  return trouble !== undefined || isInPart(layers) || itemsOf(layers.replicas).some(isUnread);
}

/**
 * Reads through one reader as long as all of it answers; through a new one, which finds the gateways again, when it does
 * not.
 */
function keepReading({ open }: Pick<FollowGatewayOptions, 'open'>) {
  let reader: GatewayReader | undefined;
  const drop = () => {
    reader?.close();
    reader = undefined;
  };
  const read = async (snapshot: Snapshot, last: GatewayLayers | undefined): Promise<GatewayLayers> => {
    const services = itemsOf(snapshot.services);
    const [service, second] = services;
    if (reader && last && service && !second)
      return { ...last, ...(await reader.again([service], withoutUnread(snapshot))) };
    reader ??= await open();
    return reader.read({ services, routes: routesOf(snapshot) });
  };
  return { read, drop };
}

const unread = (reason: string): GatewayLayers => ({
  upstreams: { state: 'Unread', reason, source: '' },
  replicas: { state: 'Absent' },
  versions: {},
});

/** What was read before stays when nothing can be read: it is stale then. */
function after(last: Told | undefined, layers: GatewayLayers, at: string): Told {
  const { upstreams } = layers;
  if (upstreams.state !== 'Unread') return { layers, at };
  return { layers, ...last, trouble: upstreams.reason };
}

function freshnessOf({ layers, at, trouble }: Told): readonly Freshness[] {
  const names: readonly LayerName[] = [
    ...(layers.upstreams.state === 'Absent' ? [] : (['Upstream'] as const)),
    ...(layers.replicas.state === 'Absent' ? [] : (['Runtime', 'HealthCheck'] as const)),
  ];
  const state = trouble === undefined ? 'Live' : 'Stale';
  const told = { state, isPolled: true, ...optional('at', at), ...optional('reason', trouble) } as const;
  return names.map((layer) => ({ layer, ...told }));
}

/** Polls the gateway of the Services until it is stopped. */
export function followGateway(options: FollowGatewayOptions): FollowedGateway {
  const { everything, known, now, changed, failed, pace = usualPace } = options;
  const { every, soonest, everyCostly } = pace;
  const stopped = new AbortController();
  const bell = hangBell();
  const { read, drop } = keepReading(options);
  let last: Told | undefined;

  /** False when there was nothing to ask for. */
  async function poll(): Promise<boolean> {
    const snapshot = await known();
    if (!snapshot) return false;
    const layers = await read(snapshot, last?.layers).catch((error: unknown) => {
      if (error instanceof EpsError) return unread(error.message);
      throw error;
    });
    last = after(last, layers, now().toISOString());
    if (last.trouble !== undefined || isInPart(layers)) drop();
    changed();
    return true;
  }

  async function run({ signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      const isAsked = await poll();
      if (isAsked) await wait(soonest, undefined, { signal }).catch(() => undefined);
      const pause = everything || (last && isCostly(last)) ? everyCostly : every;
      await bell.heard(pause - soonest);
    }
    drop();
  }

  run(stopped).catch(failed);
  return {
    layers: () => last?.layers,
    freshness: () => (last ? freshnessOf(last) : []),
    hurry: bell.ring,
    stop: () => {
      stopped.abort();
      drop();
      bell.ring();
    },
  };
}
