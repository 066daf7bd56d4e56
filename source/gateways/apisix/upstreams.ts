import { asRecord, asText } from '../../core/door.ts';
import type { Upstream, UpstreamService } from '../../core/snapshot.ts';
import { asId, type ApisixItem } from './answer.ts';
import { inlineUpstreams, routesByOwner } from './references.ts';
import { resolveUpstreams, ruleUpstreams, type Known } from './resolve.ts';
import { parseUpstream } from './upstream.ts';

const inlineKinds = { routes: 'Route', services: 'Service' } as const;

type Owners = ReadonlyMap<string, UpstreamService>;

/**
 * The Service port that the inline upstream of an APISIX service serves, by the service's name (controller 2.x).
 * Beside an `upstream_id` it serves nothing: APISIX prefers that for HTTP.
 */
function ownerOf({ resource, value }: ApisixItem, owners: Owners): UpstreamService | undefined {
  const { name, upstream_id: reference } = asRecord(value);
  return resource === 'services' && asId(reference) === '' ? owners.get(asText(name)) : undefined;
}

function parseInline(item: ApisixItem, owners: Owners): readonly Upstream[] {
  const { resource, id, value } = item;
  if (resource !== 'routes' && resource !== 'services') return [];
  const inline = { kind: inlineKinds[resource], id };
  const service = ownerOf(item, owners);
  return inlineUpstreams(item).map((one) => {
    const isWhole = one === asRecord(value)['upstream'];
    return { ...parseUpstream(id, one), inline, ...(service && isWhole && { service }) };
  });
}

/** Of an upstream with the id of an APISIX service that holds one inside, the one inside gets the requests. */
function shadow(own: readonly Upstream[], inlines: readonly Upstream[]): readonly Upstream[] {
  const shadowed = new Set(inlines.filter(({ service }) => service).map(({ id }) => id));
  const ids = new Set(own.map(({ id }) => id));
  const visible = own.map(({ service, ...upstream }) =>
    service && !shadowed.has(upstream.id) ? { ...upstream, service } : upstream,
  );
  const shadowing = inlines.map((one) =>
    one.service && ids.has(one.id) ? { ...one, shadows: one.id } : one,
  );
  return [...visible, ...shadowing];
}

/** All upstreams among the objects of the admin API, with the Service and the routes that each belongs to. */
export function upstreamsOf(items: readonly ApisixItem[], known: Known): readonly Upstream[] {
  const own = items
    .filter(({ resource }) => resource === 'upstreams')
    .map(({ id, value }) => parseUpstream(id, value));
  const owners = ruleUpstreams(known);
  const inlines = items.flatMap((item) => parseInline(item, owners));
  const routes = routesByOwner(items);
  const ownerKey = ({ id, inline }: Upstream) =>
    `${inline ? `${inline.kind.toLowerCase()}s` : 'upstreams'}/${id}`;
  return shadow(resolveUpstreams(own, known), inlines).map((upstream) =>
    routes ? { ...upstream, routes: routes.get(ownerKey(upstream)) ?? [] } : upstream,
  );
}
