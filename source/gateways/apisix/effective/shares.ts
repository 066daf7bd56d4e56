import { asNumber, asRecord } from '../../../core/door.ts';
import type { Share } from '../../../core/snapshot.ts';
import { asId, type ApisixItem } from '../answer.ts';
import { splitsOf, upstreamOf, type Objects } from './objects.ts';

/** What a route's split calls its own upstream may be its service's. */
function ownOf(item: ApisixItem, { services }: Objects): string | undefined {
  const own = upstreamOf(item);
  if (own !== undefined) return own;
  const service = services.get(asId(asRecord(item.value)['service_id']));
  return service && upstreamOf(service);
}

/** The parts of the requests that upstreams get by `traffic-split`, by `resource/id` of the object that is one. */
export function sharesByUpstream(
  items: readonly ApisixItem[],
  objects: Objects,
): ReadonlyMap<string, readonly Share[]> {
  const shares = new Map<string, Share[]>();
  for (const item of items) {
    const of = {
      kind: item.resource === 'services' ? ('Service' as const) : ('Route' as const),
      id: item.id,
    };
    for (const parts of splitsOf(item)) {
      // 1: what APISIX takes when a part has no weight.
      const weights = parts.map(({ weight }) => asNumber(weight) ?? 1);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, { upstream_id: reference, upstream }] of parts.entries()) {
        const id = asId(reference);
        const key = id === '' ? ownOf(item, objects) : `upstreams/${id}`;
        if (key === undefined || upstream !== undefined) continue;
        shares.set(key, [...(shares.get(key) ?? []), { of, weight: weights[index] ?? 1, total }]);
      }
    }
  }
  return shares;
}
