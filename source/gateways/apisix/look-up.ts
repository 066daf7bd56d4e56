import type { Layer, Upstream } from '../../core/snapshot.ts';
import type { ApisixItem } from './answer.ts';
import type { Reading } from './admin.ts';
import { idOfName, upstreamNameOf } from './name.ts';
import type { Gateway } from './open.ts';
import { ruleUpstreams, servicePorts, type Known } from './resolve.ts';
import { upstreamsOf } from './upstreams.ts';

/** Reads the upstreams of Services again and again. */
export type LookUp = (known: Known) => Promise<Layer<Upstream>>;

/** Ids worth asking for, the likeliest first: one request each. */
function candidates(known: Known): readonly (readonly string[])[] {
  const ports = servicePorts(known.services);
  const byClusterIp = ports.map((port) => upstreamNameOf({ ...port, granularity: 'service' }));
  return [ports.map(upstreamNameOf), byClusterIp, [...ruleUpstreams(known).keys()]].map((names) =>
    names.map(idOfName),
  );
}

const serviceKey = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  `${namespace}/${name}`;

function isComplete(items: readonly ApisixItem[], known: Known): boolean {
  const found = new Set(upstreamsOf(items, known).map(({ service }) => service && serviceKey(service)));
  return known.services.every((service) => found.has(serviceKey(service)));
}

function toLayer(reading: Reading, known: Known, source: string): Layer<Upstream> {
  if (reading.state === 'Unread') return { ...reading, source };
  return { state: 'Read', items: upstreamsOf(reading.items, known), resourceVersion: '', source };
}

/**
 * Looks the upstreams of Services up by id, as each costs APISIX 3 ms; the list of all of them, which blocks a
 * worker, is asked for at most once and only when a Service has none under the ids of the controllers. What it
 * had for the Services is asked for by id from then on.
 */
export function lookUpById(gateway: Gateway, notice: (text: string) => void): LookUp {
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
    const items: ApisixItem[] = [];
    for (const ids of [...candidates(known), listed ?? []]) {
      if (ids.length === 0 || isComplete(items, known)) continue;
      const reading = await gateway.upstreams({ kind: 'ids', ids });
      if (reading.state === 'Unread') return toLayer(reading, known, gateway.source);
      items.push(...reading.items);
    }
    const enough = listed !== undefined || isComplete(items, known);
    const reading = enough ? { state: 'Read' as const, items } : await listOnce(known);
    return toLayer(reading, known, gateway.source);
  };
}

/** Lists all upstreams: cheaper than asking for those of very many Services one by one. */
export function listAll(gateway: Gateway): LookUp {
  return async (known) => toLayer(await gateway.upstreams({ kind: 'all' }), known, gateway.source);
}
