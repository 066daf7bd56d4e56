import { asArray, asRecord, asText, isRecord, type UnknownRecord } from '../../../core/door.ts';
import { asId, type ApisixItem } from '../answer.ts';

/** The objects of one APISIX, by id. */
export type Objects = Readonly<Record<'upstreams' | 'services', ReadonlyMap<string, ApisixItem>>>;

export function objectsOf(items: readonly ApisixItem[]): Objects {
  const byId = (resource: string) =>
    new Map(items.filter((item) => item.resource === resource).map((item) => [item.id, item]));
  return { upstreams: byId('upstreams'), services: byId('services') };
}

/** `upstreams/5ce57b8e`, or `services/ID` and `routes/ID` of the object that an inline upstream is in. */
export function keyOf({ resource, id }: Pick<ApisixItem, 'resource' | 'id'>): string {
  return `${resource}/${id}`;
}

/** The key of the upstream that an object refers to or holds; `undefined` when it has none. */
export function upstreamOf(
  item: ApisixItem,
  isStream = item.resource === 'stream_routes',
): string | undefined {
  const { upstream, upstream_id: reference } = asRecord(item.value);
  const id = asId(reference);
  const inline = isRecord(upstream) ? keyOf(item) : undefined;
  const referred = id === '' ? undefined : `upstreams/${id}`;
  return isStream ? (inline ?? referred) : (referred ?? inline);
}

/** The `traffic-split` of a route or service: each rule's parts, in their order. */
export function splitsOf({ value }: ApisixItem): readonly (readonly UnknownRecord[])[] {
  const split = asRecord(asRecord(asRecord(value)['plugins'])['traffic-split']);
  return asArray(split['rules']).map((rule) => asArray(asRecord(rule)['weighted_upstreams']).map(asRecord));
}

/** Ids of the upstreams that a route or service sends requests to. */
export function upstreamIdsOf(item: ApisixItem): readonly string[] {
  return [asRecord(item.value), ...splitsOf(item).flat()]
    .map((holder) => asId(holder['upstream_id']))
    .filter((id) => id !== '');
}

/** Upstreams written into a route or service, or into its `traffic-split`, instead of being referred to. */
export function inlineUpstreams(item: ApisixItem): readonly UnknownRecord[] {
  return [asRecord(item.value), ...splitsOf(item).flat()]
    .map((holder) => holder['upstream'])
    .filter(isRecord);
}

export function nameOf({ value }: ApisixItem): string {
  return asText(asRecord(value)['name']);
}

export function labelsOf({ value }: ApisixItem): UnknownRecord {
  return asRecord(asRecord(value)['labels']);
}
