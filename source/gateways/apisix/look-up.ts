import { fullName } from '../../core/kubernetes.ts';
import type { Layer, Upstream, UpstreamService } from '../../core/snapshot.ts';
import { backendsIn, isOfGateway } from '../../core/routes.ts';
import type { Reading, Resource } from './admin.ts';
import type { ApisixItem } from './answer.ts';
import { withDiscovered } from './effective/dump.ts';
import type { GatewayOptions, Known, Notice, Place, Question } from '../gateway.ts';
import { isOfSecondGeneration } from './effective/owners.ts';
import { rounds, roundsTo, type Ids } from './effective/rounds.ts';
import type { Apisix } from './open.ts';
import { upstreamsOf } from './upstreams.ts';

/** Reads the upstreams of Services again and again. */
export type LookUp = (known: Known) => Promise<Layer<Upstream>>;

export type ByIdOptions = {
  /** The gateway was named by hand: then an upstream is worth a list even when no route names its Service. */
  readonly isGiven: boolean;
  readonly notice: Notice;
};

/** What was read, as the upstreams of Services. */
function toLayer(
  reading: Reading,
  known: Known,
  { source, dump, routes }: Pick<Apisix, 'source' | 'dump'> & { readonly routes?: 'All' | 'Some' },
): Promise<Layer<Upstream>> {
  const layer: Layer<Upstream> =
    reading.state === 'Unread'
      ? { state: 'Unread', reason: reading.reason, source }
      : { state: 'Read', items: upstreamsOf(reading.items, known, routes), resourceVersion: '', source };
  return withDiscovered(layer, known, dump);
}

/** Whom the upstreams are for, or were before another took their place. */
function found(items: readonly ApisixItem[], known: Known): readonly UpstreamService[] {
  return upstreamsOf(items, known).flatMap(({ service, displaced = [] }) => [
    ...(service ? [service] : []),
    ...displaced.map((one) => one.service),
  ]);
}

/** A Service that ought to have an upstream and has none under any id that a controller would give it. */
function isMissed(items: readonly ApisixItem[], known: Known, isGiven: boolean): boolean {
  const names = new Set(found(items, known).map(fullName));
  const routed = new Set(known.routes.filter(isOfGateway).flatMap(backendsIn).map(fullName));
  return known.services.map(fullName).some((key) => !names.has(key) && (isGiven || routed.has(key)));
}

/** APISIX refuses this kind where it proxies no streams. */
const isDispensable = (reading: Reading, resource: Resource) =>
  reading.state === 'Unread' && resource === 'stream_routes';

const resources = ['services', 'upstreams', 'routes', 'stream_routes'] as const;

/** By the ids that a controller would give, then where they lay before. */
async function readByIds(apisix: Apisix, known: Known, had: readonly Place[]): Promise<Reading> {
  const items: ApisixItem[] = [];
  const asked = new Set<string>();
  for (const round of [...rounds, ...roundsTo(had)]) {
    const wanted: Ids = round(known, items, found(items, known));
    for (const resource of resources) {
      const fresh = (wanted[resource] ?? []).filter((id) => !asked.has(`${resource}/${id}`));
      if (fresh.length === 0) continue;
      fresh.forEach((id) => asked.add(`${resource}/${id}`));
      const reading = await apisix.ask(resource, { kind: 'ids', ids: [...new Set(fresh)] });
      if (isDispensable(reading, resource)) continue;
      if (reading.state === 'Unread' || reading.isWhole) return reading;
      items.push(...reading.items);
    }
  }
  return { state: 'Read', items };
}

/**
 * Looks the upstreams of Services up by id, as each costs APISIX 3 ms; the list of all of them, which blocks a
 * worker, is asked for at most once and only when a Service is missed. What it had for the Services is asked for
 * by id from then on.
 */
export function lookUpById(apisix: Apisix, { isGiven, notice }: ByIdOptions): LookUp {
  let listed: readonly Place[] | undefined;

  const listOnce = async (known: Known, read: readonly ApisixItem[]): Promise<Reading> => {
    notice('no upstream under the ids of apisix-ingress-controller: listing all upstreams, once');
    const reading = await apisix.ask('upstreams', { kind: 'all' });
    if (reading.state === 'Unread') return reading;
    const names = new Set(known.services.map(fullName));
    const namespaces = new Set(known.services.map(({ namespace }) => namespace));
    // Those whose route cannot be seen may be for one of these Services, too.
    listed = upstreamsOf(reading.items, known).filter(({ service, unseenRouteIn = '' }) =>
      service ? names.has(fullName(service)) : namespaces.has(unseenRouteIn),
    );
    const others = read.filter(({ resource }) => resource !== 'upstreams');
    return { ...reading, items: [...others, ...reading.items] };
  };

  return async (known) => {
    const reading = await readByIds(apisix, known, listed ?? []);
    const isComplete = reading.state === 'Unread' || reading.isWhole === true || listed !== undefined;
    const isList = !isComplete && isMissed(reading.items, known, isGiven);
    return toLayer(isList ? await listOnce(known, reading.items) : reading, known, apisix);
  };
}

/** Reads upstreams again where they lay, and those of Services by their ids; lists nothing. */
export function lookUpAgain(
  apisix: Apisix,
): (known: Known, had: readonly Place[]) => Promise<Layer<Upstream>> {
  return async (known, had) =>
    toLayer(await readByIds(apisix, known, had), known, { ...apisix, routes: 'Some' });
}

/** One list of each kind of object. */
async function readLists(apisix: Apisix, wanted: readonly Resource[]): Promise<Reading> {
  const items: ApisixItem[] = [];
  for (const resource of wanted) {
    const reading = await apisix.ask(resource, { kind: 'all' });
    if (isDispensable(reading, resource)) continue;
    if (reading.state === 'Unread' || reading.isWhole) return reading;
    items.push(...reading.items);
  }
  return { state: 'Read', items };
}

/**
 * Lists all upstreams: cheaper than asking for those of very many Services one by one. What controller 2.x wrote
 * is told by the APISIX services too.
 */
function listAll(apisix: Apisix): LookUp {
  return async (known) => {
    const upstreams = await readLists(apisix, ['upstreams']);
    if (upstreams.state === 'Unread' || upstreams.isWhole || !upstreams.items.some(isOfSecondGeneration)) {
      return toLayer(upstreams, known, apisix);
    }
    const services = await readLists(apisix, ['services']);
    const all: Reading =
      services.state === 'Read' ? { ...services, items: [...upstreams.items, ...services.items] } : services;
    return toLayer(all, known, apisix);
  };
}

/** How the upstreams of Services are read. */
export function lookUpOf(
  apisix: Apisix,
  { everything, isGiven }: Pick<GatewayOptions, 'everything' | 'isGiven'>,
  notice: Notice,
): LookUp {
  return everything ? listAll(apisix) : lookUpById(apisix, { isGiven, notice });
}

/** Everything with its routes, or the upstream of one id; where there is none, everything that may be meant. */
export async function listAnything(apisix: Apisix, { known, id }: Question): Promise<Layer<Upstream>> {
  if (id !== undefined) {
    const reading = await apisix.ask('upstreams', { kind: 'ids', ids: [id] });
    const isFound =
      reading.state === 'Unread' || reading.items.some(({ resource }) => resource === 'upstreams');
    if (isFound) return toLayer(reading, await known(), apisix);
  }
  const reading = await readLists(apisix, ['upstreams', 'services', 'routes', 'stream_routes']);
  return toLayer(reading, await known(), apisix);
}
