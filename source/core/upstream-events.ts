import { compareText } from './address.ts';
import { optional } from './door.ts';
import type { UpstreamEvent, UpstreamItem } from './report.ts';
import { toItem } from './upstream-list.ts';
import { changesOfNodes, isUnchanged, noChanges, type NodeChanges } from './node-changes.ts';
import type { Seen, SeenUpstream, Source } from './upstream-seen.ts';

const head = (at: string) => ({ apiVersion: 'eps/v1', kind: 'UpstreamEvent', at }) as const;

type AboutUpstream = Extract<UpstreamEvent, { readonly upstream: unknown }>;

function itemOf({ source: { gateway, replica }, upstream }: SeenUpstream): UpstreamItem {
  return { ...toItem(upstream), gateway, ...optional('replica', replica) };
}

function eventOf(
  type: AboutUpstream['type'],
  one: SeenUpstream,
  at: string,
  changes: NodeChanges = noChanges,
): AboutUpstream {
  return { ...head(at), type, upstream: itemOf(one), ...changes };
}

/** Other nodes, or they can no longer be looked up, or can be again. */
function changed(was: SeenUpstream, is: SeenUpstream, at: string): readonly UpstreamEvent[] {
  const changes = was.nodes && is.nodes ? changesOfNodes(was.nodes, is.nodes) : noChanges;
  const isSame = was.upstream.nodes.state === is.upstream.nodes.state && isUnchanged(changes);
  return isSame ? [] : [eventOf('Changed', is, at, changes)];
}

/** Said when it begins and when it ends, not again where only the reason is another one. */
function aboutSource(
  { reason: earlier }: Pick<Source, 'reason'>,
  { gateway, replica, reason }: Source,
  at: string,
): readonly UpstreamEvent[] {
  const who = { gateway, ...optional('replica', replica) };
  if (reason !== undefined && earlier === undefined) return [{ ...head(at), type: 'Unread', ...who, reason }];
  return reason === undefined && earlier !== undefined ? [{ ...head(at), type: 'Read', ...who }] : [];
}

const sortKey = ({ upstream: { name, id }, source: { gateway, replica = '' } }: SeenUpstream) =>
  `${name} ${id} ${gateway} ${replica}`;

/** What has happened between two moments; `before` is undefined at the first. By source, then by name and id. */
export function eventsBetween(before: Seen | undefined, after: Seen, at: string): readonly UpstreamEvent[] {
  const sources = [...after.sources].flatMap(([key, source]) =>
    aboutSource(before?.sources.get(key) ?? {}, source, at),
  );
  const gone = [...(before?.upstreams ?? [])]
    .filter(([key]) => !after.upstreams.has(key))
    .map(([, was]) => ({ one: was, events: [eventOf('Gone', was, at)] }));
  const there = [...after.upstreams].map(([key, is]) => {
    const was = before?.upstreams.get(key);
    const type = before ? 'Appeared' : 'Present';
    return { one: is, events: was ? changed(was, is, at) : [eventOf(type, is, at)] };
  });
  const upstreams = [...gone, ...there].sort((a, b) => compareText(sortKey(a.one), sortKey(b.one)));
  return [...sources, ...upstreams.flatMap(({ events }) => events)];
}
