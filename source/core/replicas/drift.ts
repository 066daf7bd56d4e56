import { groupBy } from '../group-by.ts';
import type { Join } from '../join.ts';
import type { ServicePort } from '../kubernetes.ts';
import type { Replica, Upstream } from '../snapshot.ts';
import { groupReplicas, type PortGroups, type ReplicaGroup } from './groups.ts';
import type { KnownNodes, ReplicaPort } from './ports.ts';

/** One pod that uses something else for a Service port than it should, in whichever of the port's upstreams. */
export type Member = {
  readonly replica: Replica;
  readonly lacks: ReadonlySet<string>;
  readonly extra: ReadonlySet<string>;
};

/** Some pods of a gateway that use something else for a Service port than they should. */
export type Drifting = {
  readonly gateway: string;
  readonly port: ServicePort;
  /** Of several upstreams of the port those in which they do. */
  readonly upstreams: readonly Upstream[];
  readonly members: readonly Member[];
  /** How many pods told what they use. */
  readonly told: number;
};

/** What a pod uses in one upstream, and what it should. */
type Deviation = { readonly one: ReplicaPort; readonly right: ReadonlySet<string> };

function without(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
  return [...a].filter((text) => !b.has(text));
}

/** What a pod was configured with: told by itself, else by another one that reads the same etcd. */
function configurationOf(one: ReplicaPort, peers: readonly ReplicaPort[]): KnownNodes {
  if (one.configured || one.replica.isStandalone) return one.configured;
  return peers.find(({ configured, replica }) => configured && !replica.isStandalone)?.configured;
}

/** Its configuration, where that is not what it uses. */
function lag(one: ReplicaPort, peers: readonly ReplicaPort[]): KnownNodes {
  const right = configurationOf(one, peers);
  if (!one.used || !right) return undefined;
  return [...without(one.used, right), ...without(right, one.used)].length > 0 ? right : undefined;
}

const membersOf = ({ groups }: PortGroups) => groups.flatMap(({ members }) => members);

function memberOf(deviations: readonly Deviation[]): readonly Member[] {
  const [first] = deviations;
  if (!first) return [];
  const views = deviations.map(({ one, right }) => ({ used: one.used ?? new Set<string>(), right }));
  const lacks = new Set(views.flatMap(({ used, right }) => without(right, used)));
  const extra = new Set(views.flatMap(({ used, right }) => without(used, right)));
  return [{ replica: first.one.replica, lacks, extra }];
}

/** Of all upstreams of a Service port together: what one pod does wrong has one cause. */
function driftingIn(
  join: Join,
  deviationsOf: (group: PortGroups) => readonly Deviation[],
): readonly Drifting[] {
  const byPort = groupBy(groupReplicas(join), ({ gateway, port }) => `${gateway} ${port.port}`);
  return [...byPort.values()].flatMap((groups) => {
    const touched = groups
      .map((group) => ({ group, deviations: deviationsOf(group) }))
      .filter(({ deviations }) => deviations.length > 0);
    const [first] = touched;
    if (!first) return [];
    const { gateway, port } = first.group;
    const byReplica = groupBy(
      touched.flatMap(({ deviations }) => deviations),
      ({ one }) => one.replica.name,
    );
    return {
      gateway,
      port,
      upstreams: groups.length === 1 ? [] : touched.flatMap(({ group }) => group.upstream ?? []),
      members: [...byReplica.values()].flatMap(memberOf),
      told: new Set(groups.flatMap(membersOf).map(({ replica }) => replica.name)).size,
    };
  });
}

/** Pods that do not use what they are configured with. */
export function behind(join: Join): readonly Drifting[] {
  return driftingIn(join, (group) => {
    const peers = membersOf(group);
    return peers.flatMap((one) => {
      const right = lag(one, peers);
      return right ? [{ one, right }] : [];
    });
  });
}

/** Of a port's groups those that are left when the pods that are merely behind are taken out. */
function heeding(group: PortGroups): readonly ReplicaGroup[] {
  const peers = membersOf(group);
  return group.groups
    .map(({ nodes, members }) => ({ nodes, members: members.filter((one) => !lag(one, peers)) }))
    .filter(({ members }) => members.length > 0);
}

/** A standalone pod takes nothing of a lower version than it has. */
function rejects({ replica, revision = 0 }: ReplicaPort, { members }: ReplicaGroup): boolean {
  return replica.isStandalone && members.every((right) => revision > (right.revision ?? revision));
}

/** Pods that are configured otherwise than the others: by a newer version that is wrong, or for another reason. */
export function split(join: Join, kind: 'Rejecting' | 'Other'): readonly Drifting[] {
  return driftingIn(join, (group) => {
    const [right, ...others] = heeding(group);
    if (!right) return [];
    return others
      .flatMap(({ members }) => members)
      .filter((one) => rejects(one, right) === (kind === 'Rejecting'))
      .map((one) => ({ one, right: right.nodes }));
  });
}

/** The addresses in which some member differs from what it should use. */
export function disputed({ members }: Drifting): ReadonlySet<string> {
  return new Set(members.flatMap(({ lacks, extra }) => [...lacks, ...extra]));
}
