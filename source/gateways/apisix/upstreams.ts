import { asRecord, optional } from '../../core/door.ts';
import type { Orphan, Upstream } from '../../core/snapshot.ts';
import type { ApisixItem } from './answer.ts';
import { ownersByNodes } from './effective/by-nodes.ts';
import { parseServiceName } from './effective/discovery-name.ts';
import type { Known } from '../gateway.ts';
import { inlineUpstreams, keyOf, objectsOf, type Objects } from './effective/objects.ts';
import { ownersOf, shadowedBy } from './effective/owners.ts';
import { referredTo, routesByOwner } from './effective/references.ts';
import { sharesByUpstream } from './effective/shares.ts';
import { discoveryOf, parseUpstream } from './upstream.ts';

const inlineKinds: Readonly<Record<string, 'Route' | 'Service'>> = {
  routes: 'Route',
  stream_routes: 'Route',
  services: 'Service',
};

/** An upstream with the key of the object that is or holds it; of the parts of a `traffic-split` without. */
type Keyed = { readonly key: string | undefined; readonly upstream: Upstream };

function parseInline(item: ApisixItem, objects: Objects, known: Known): readonly Keyed[] {
  const kind = inlineKinds[item.resource];
  if (!kind) return [];
  const { id, value } = item;
  return inlineUpstreams(item).map((one) => {
    const isOwn = one === asRecord(value)['upstream'];
    const discovery = discoveryOf(one, known);
    const service = discovery && parseServiceName(discovery.type, discovery.serviceName, known)?.service;
    const shadows = isOwn && kind === 'Service' ? shadowedBy(item, objects) : undefined;
    return {
      key: isOwn ? keyOf(item) : undefined,
      upstream: {
        ...parseUpstream(id, one),
        inline: { kind, id },
        ...(discovery && { discovery }),
        ...(service && { service }),
        ...(shadows !== undefined && { shadows }),
      },
    };
  });
}

function parseOwn(item: ApisixItem, known: Known): Keyed {
  const discovery = discoveryOf(item.value, known);
  const upstream = parseUpstream(item.id, item.value);
  return { key: keyOf(item), upstream: { ...upstream, ...(discovery && { discovery }) } };
}

/** Of what people made only a discovery of nothing is orphaned: they may keep what they do not use. */
function orphanOf(upstream: Upstream, isUsed: boolean, known: Known): Orphan | undefined {
  const { source, inline, service, discovery } = upstream;
  if (discovery?.type === 'kubernetes' && known.isWhole && !service) return 'NoService';
  if (source !== 'Controller' || inline) return undefined;
  if (!isUsed) return 'Unreferenced';
  const isThere = ({ namespace, name, ports }: Known['services'][number]) =>
    namespace === service?.namespace &&
    name === service.name &&
    ports.some(({ port }) => port === service.port);
  return known.isWhole && service && !known.services.some(isThere) ? 'NoService' : undefined;
}

/**
 * All upstreams among the objects of one APISIX, with the Service, the routes and the share that each belongs to. Of
 * `Some` routes it cannot be told which lead to one.
 */
export function upstreamsOf(
  items: readonly ApisixItem[],
  known: Known,
  read: 'All' | 'Some' = 'All',
): readonly Upstream[] {
  const objects = objectsOf(items);
  const { services, displaced, unseen } = ownersOf(objects, known);
  const routes = read === 'All' ? routesByOwner(items, objects) : undefined;
  const ownerByNodes = ownersByNodes(known);
  const shares = sharesByUpstream(items, objects);
  const referred = referredTo(items);
  const own = [...objects.upstreams.values()].map((item) => parseOwn(item, known));
  const inlines = items.flatMap((item) => parseInline(item, objects, known));
  const shadowed = new Set(inlines.map(({ upstream }) => upstream.shadows));
  return [...own, ...inlines].map(({ key = '', upstream }) => {
    const service = services.get(key) ?? ownerByNodes(upstream);
    const belonging = { ...upstream, ...(service && { service }) };
    const isShadowed = !upstream.inline && shadowed.has(upstream.id);
    const orphan = orphanOf(belonging, !isShadowed && (!routes || referred.has(key)), known);
    return {
      ...belonging,
      ...(routes && { routes: routes.get(key) ?? [] }),
      ...(shares.has(key) && { shares: shares.get(key) ?? [] }),
      ...(displaced.has(key) && { displaced: displaced.get(key) ?? [] }),
      ...(orphan && { orphan }),
      ...(!orphan && optional('unseenRouteIn', unseen.get(key))),
    };
  });
}
