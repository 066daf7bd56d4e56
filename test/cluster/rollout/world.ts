import type { Mention, Resource } from './facts.ts';
import type { LogEvent } from './watch-log.ts';

/** Who said what of which IP at one moment, by the log. */
export type World = Readonly<Record<Resource, ReadonlyMap<string, readonly Mention[]>>>;

type Objects = Readonly<Record<Resource, Map<string, readonly Mention[]>>>;

function byIp(objects: ReadonlyMap<string, readonly Mention[]>): ReadonlyMap<string, readonly Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of [...objects.values()].flat()) {
    const group = groups.get(mention.ip);
    if (group) group.push(mention);
    else groups.set(mention.ip, [mention]);
  }
  return groups;
}

function worldOf({ pods, endpointslices, endpoints }: Objects): World {
  return { pods: byIp(pods), endpointslices: byIp(endpointslices), endpoints: byIp(endpoints) };
}

/** Every state of the world from revision `first` to revision `last`, which are in it; `events` in etcd's order. */
export function worlds(events: readonly LogEvent[], first: number, last: number): readonly World[] {
  const objects: Objects = { pods: new Map(), endpointslices: new Map(), endpoints: new Map() };
  const tell = ({ resource, name, mentions }: LogEvent) => objects[resource].set(name, mentions);
  const isBefore = ({ revision }: LogEvent) => revision <= first;
  events.filter(isBefore).forEach(tell);
  const later = events.filter((event) => !isBefore(event) && event.revision <= last);
  return [
    worldOf(objects),
    ...later.map((event) => {
      tell(event);
      return worldOf(objects);
    }),
  ];
}

/** The state of the world at one revision. */
export function worldAt(events: readonly LogEvent[], revision: number): World {
  const [world] = worlds(events, revision, revision);
  if (!world) throw new Error('no world');
  return world;
}
