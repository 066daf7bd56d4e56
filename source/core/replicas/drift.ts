import type { Join } from '../join.ts';
import { difference, groupReplicas, viewOf, type PortGroups, type ReplicaGroup } from './groups.ts';
import type { KnownNodes, ReplicaPort } from './ports.ts';

/** Some pods of a gateway that use something else for a Service port than they should. */
export type Drifting = Omit<PortGroups, 'groups'> & {
  readonly members: readonly ReplicaPort[];
  /** How many pods told what they use. */
  readonly told: number;
  /** What a member should use. */
  readonly rightOf: (member: ReplicaPort) => ReadonlySet<string>;
};

/** What a pod was configured with: told by itself, else by another one that reads the same etcd. */
function configurationOf(one: ReplicaPort, peers: readonly ReplicaPort[]): KnownNodes {
  if (one.configured || one.replica.isStandalone) return one.configured;
  return peers.find(({ configured, replica }) => configured && !replica.isStandalone)?.configured;
}

function lag(one: ReplicaPort, peers: readonly ReplicaPort[]): ReadonlySet<string> {
  const configured = configurationOf(one, peers);
  return one.used && configured ? difference(one.used, configured) : new Set();
}

const membersOf = ({ groups }: PortGroups) => groups.flatMap(({ members }) => members);

/** Pods that do not use what they are configured with. */
export function behind(join: Join): readonly Drifting[] {
  return groupReplicas(join).flatMap((group) => {
    const peers = membersOf(group);
    const members = peers.filter((one) => lag(one, peers).size > 0);
    const rightOf = (member: ReplicaPort) => configurationOf(member, peers) ?? new Set<string>();
    const { gateway, port } = group;
    return members.length === 0 ? [] : [{ gateway, port, members, told: peers.length, rightOf }];
  });
}

/** Of a port's groups those that are left when the pods that are merely behind are taken out. */
function heeding(group: PortGroups): readonly ReplicaGroup[] {
  const peers = membersOf(group);
  return group.groups
    .map(({ nodes, members }) => ({ nodes, members: members.filter((one) => lag(one, peers).size === 0) }))
    .filter(({ members }) => members.length > 0);
}

/** A standalone pod takes nothing of a lower version than it has. */
function rejects({ replica, revision = 0 }: ReplicaPort, { members }: ReplicaGroup): boolean {
  return replica.isStandalone && members.every((right) => revision > (right.revision ?? revision));
}

/** Pods that are configured otherwise than the others: by a newer version that is wrong, or for another reason. */
export function split(join: Join, kind: 'Rejecting' | 'Other'): readonly Drifting[] {
  return groupReplicas(join).flatMap((group) => {
    const [right, ...others] = heeding(group);
    if (!right) return [];
    const members = others
      .flatMap((one) => one.members)
      .filter((one) => rejects(one, right) === (kind === 'Rejecting'));
    const { gateway, port } = group;
    const told = membersOf(group).length;
    return members.length === 0 ? [] : [{ gateway, port, members, told, rightOf: () => right.nodes }];
  });
}

/** The addresses in which some member differs from what it should use. */
export function disputed({ members, rightOf }: Drifting): ReadonlySet<string> {
  return new Set(members.flatMap((one) => [...difference(viewOf(one) ?? new Set(), rightOf(one))]));
}
