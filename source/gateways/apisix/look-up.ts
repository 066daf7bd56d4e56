import type { Layer, Upstream, UpstreamService } from '../../core/snapshot.ts';
import type { Reading } from './admin.ts';
import type { ApisixItem } from './answer.ts';
import { idOfName, upstreamNameOf } from './name.ts';
import type { Gateway } from './open.ts';
import { ruleUpstreams, servicePorts, type Known } from './resolve.ts';
import { upstreamsOf } from './upstreams.ts';

/** Reads the upstreams of Services again and again. */
export type LookUp = (known: Known) => Promise<Layer<Upstream>>;

export type ByIdOptions = {
  /** The gateway was named by hand: then an upstream is worth a list even when no route names its Service. */
  readonly isGiven: boolean;
  /** One line for people. */
  readonly notice: (text: string) => void;
};

type Owner = Pick<UpstreamService, 'namespace' | 'name'>;

const serviceKey = ({ namespace, name }: Owner) => `${namespace}/${name}`;
const portKey = (service: UpstreamService) => `${serviceKey(service)}:${service.port}`;

/** Who is found so far. */
function ownersOf(items: readonly ApisixItem[], known: Known): readonly UpstreamService[] {
  return upstreamsOf(items, known).flatMap(({ service }) => (service ? [service] : []));
}

type Seen = readonly [known: Known, found: readonly UpstreamService[]];

/** Names worth asking for, one request each: by port in two spellings, then by route for Services that have none. */
const rounds: readonly ((...seen: Seen) => readonly string[])[] = [
  ({ services }) => servicePorts(services).map(upstreamNameOf),
  ({ services }, found) => {
    const ports = new Set(found.map(portKey));
    return servicePorts(services)
      .filter((port) => !ports.has(portKey(port)))
      .map((port) => upstreamNameOf({ ...port, granularity: 'service' }));
  },
  (known, found) => {
    const names = new Set(found.map(serviceKey));
    return [...ruleUpstreams(known)]
      .filter(([, owner]) => !names.has(serviceKey(owner)))
      .map(([name]) => name);
  },
];

function toLayer(reading: Reading, known: Known, source: string): Layer<Upstream> {
  if (reading.state === 'Unread') return { ...reading, source };
  return { state: 'Read', items: upstreamsOf(reading.items, known), resourceVersion: '', source };
}

/** A Service that ought to have an upstream and has none under any id that a controller would give it. */
function isMissed(items: readonly ApisixItem[], known: Known, isGiven: boolean): boolean {
  const found = new Set(ownersOf(items, known).map(serviceKey));
  const routed = new Set(
    known.routes.flatMap(({ namespace, rules }) =>
      rules.flatMap(({ backends }) => backends.map(({ serviceName }) => `${namespace}/${serviceName}`)),
    ),
  );
  return known.services.map(serviceKey).some((key) => !found.has(key) && (isGiven || routed.has(key)));
}

/** By the ids that are known already, then by those that a controller would give. */
async function readByIds(gateway: Gateway, known: Known, ids: readonly string[]): Promise<Reading> {
  const items: ApisixItem[] = [];
  for (const round of [
    () => ids,
    ...rounds.map(
      (names) =>
        (...seen: Seen) =>
          names(...seen).map(idOfName),
    ),
  ]) {
    const read = new Set(items.map(({ id }) => id));
    const wanted = round(known, ownersOf(items, known)).filter((id) => !read.has(id));
    const reading = await gateway.upstreams({ kind: 'ids', ids: wanted });
    if (reading.state === 'Unread') return reading;
    items.push(...reading.items);
  }
  return { state: 'Read', items };
}

/**
 * Looks the upstreams of Services up by id, as each costs APISIX 3 ms; the list of all of them, which blocks a
 * worker, is asked for at most once and only when a Service is missed. What it had for the Services is asked for
 * by id from then on.
 */
export function lookUpById(gateway: Gateway, { isGiven, notice }: ByIdOptions): LookUp {
  let listed: readonly string[] | undefined;

  const listOnce = async (known: Known): Promise<Reading> => {
    notice('no upstream under the ids of apisix-ingress-controller: listing all upstreams, once');
    const reading = await gateway.upstreams({ kind: 'all' });
    if (reading.state === 'Unread') return reading;
    const names = new Set(known.services.map(serviceKey));
    listed = upstreamsOf(reading.items, known)
      .filter(({ service }) => service && names.has(serviceKey(service)))
      .map(({ id }) => id);
    return reading;
  };

  return async (known) => {
    const reading = await readByIds(gateway, known, listed ?? []);
    const isList =
      reading.state === 'Read' && listed === undefined && isMissed(reading.items, known, isGiven);
    return toLayer(isList ? await listOnce(known) : reading, known, gateway.source);
  };
}

/** Reads upstreams of Services again by their ids, and lists nothing. */
export function lookUpAgain(
  gateway: Gateway,
): (known: Known, ids: readonly string[]) => Promise<Layer<Upstream>> {
  return async (known, ids) => toLayer(await readByIds(gateway, known, ids), known, gateway.source);
}

/** Lists all upstreams: cheaper than asking for those of very many Services one by one. */
export function listAll(gateway: Gateway): LookUp {
  return async (known) => toLayer(await gateway.upstreams({ kind: 'all' }), known, gateway.source);
}
