import { compareText } from '../address.ts';
import { groupBy } from '../group-by.ts';
import type { Join, Row } from '../join.ts';
import type { ServicePort } from '../kubernetes.ts';
import { servedPorts } from '../observed.ts';
import type { Upstream } from '../snapshot.ts';
import type { ReplicaPort } from './ports.ts';

/** Pods of one gateway that use the same addresses for a Service port. */
export type ReplicaGroup = { readonly nodes: ReadonlySet<string>; readonly members: readonly ReplicaPort[] };

/** All pods of one gateway by what they use in one upstream; the first group is the one that the others should follow. */
export type PortGroups = {
  readonly gateway: string;
  readonly port: ServicePort;
  /** As one of the pods has it; absent where none is known. */
  readonly upstream?: Upstream;
  readonly groups: readonly ReplicaGroup[];
};

function keyOf(nodes: ReadonlySet<string>): string {
  return [...nodes].sort().join(' ');
}

/** How many of the addresses that should be used are not, and the other way round; of a subset nobody knows the former. */
function faults(nodes: ReadonlySet<string>, rows: readonly Row[], isPart: boolean): number {
  return rows.filter(({ text, expected }) => {
    if (expected.Runtime === 'Ready') return !isPart && !nodes.has(text);
    return expected.Runtime === 'Absent' && nodes.has(text);
  }).length;
}

/** The group that is right comes first, else the biggest. */
function inOrder(
  groups: readonly ReplicaGroup[],
  rows: readonly Row[],
  upstream: Upstream | undefined,
): readonly ReplicaGroup[] {
  const isPart = upstream?.service?.subset !== undefined;
  return groups
    .map((group) => ({ group, faults: faults(group.nodes, rows, isPart), key: keyOf(group.nodes) }))
    .sort(
      (a, b) =>
        a.faults - b.faults || b.group.members.length - a.group.members.length || compareText(a.key, b.key),
    )
    .map(({ group }) => group);
}

function group(members: readonly ReplicaPort[]): readonly ReplicaGroup[] {
  const told = members.flatMap((member) => (member.used ? [{ nodes: member.used, member }] : []));
  return [...groupBy(told, ({ nodes }) => keyOf(nodes)).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [{ nodes: first.nodes, members: alike.map(({ member }) => member) }] : [];
  });
}

/** The pods of each gateway under each upstream of each Service port, by what they use; those that did not tell are left out. */
export function groupReplicas({ scope, rows, replicaPorts }: Join): readonly PortGroups[] {
  const places = groupBy(replicaPorts, ({ replica, port, upstream }) =>
    JSON.stringify([replica.gateway, port, upstream?.inline?.kind, upstream?.id]),
  );
  return [...places.values()].flatMap((own) => {
    const [first] = own;
    const port = servedPorts(scope).find((one) => one.port === first?.port);
    if (!first || !port) return [];
    const { replica, upstream } = first;
    const under = rows.filter((row) => row.port === port.name);
    const groups = inOrder(group(own), under, upstream);
    return [{ gateway: replica.gateway, port, ...(upstream && { upstream }), groups }];
  });
}
