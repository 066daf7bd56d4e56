import { compareText } from '../address.ts';
import { groupBy } from '../group-by.ts';
import type { Join, Row } from '../join.ts';
import type { ServicePort } from '../kubernetes.ts';
import type { KnownNodes, ReplicaPort } from './ports.ts';

/** Pods of one gateway that use the same addresses for a Service port. */
export type ReplicaGroup = { readonly nodes: ReadonlySet<string>; readonly members: readonly ReplicaPort[] };

/** All pods of one gateway, by what they use; the first group is the one that the others should follow. */
export type PortGroups = {
  readonly gateway: string;
  readonly port: ServicePort;
  readonly groups: readonly ReplicaGroup[];
};

/** What requests are sent to, as far as it can be told: a standalone pod has nothing but what it was sent. */
export function viewOf({ replica, used, configured }: ReplicaPort): KnownNodes {
  return used ?? (replica.isStandalone ? configured : undefined);
}

/** What is in one of two sets alone. */
export function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...a].filter((text) => !b.has(text)), ...[...b].filter((text) => !a.has(text))]);
}

function keyOf(nodes: ReadonlySet<string>): string {
  return [...nodes].sort().join(' ');
}

/** How many of the addresses that should be used are not, and the other way round. */
function faults(nodes: ReadonlySet<string>, rows: readonly Row[]): number {
  return rows.filter(({ text, expected }) => {
    if (expected.Runtime === 'Ready') return !nodes.has(text);
    return expected.Runtime === 'Absent' && nodes.has(text);
  }).length;
}

/** The group that is right comes first, else the biggest. */
function inOrder(groups: readonly ReplicaGroup[], rows: readonly Row[]): readonly ReplicaGroup[] {
  return groups
    .map((group) => ({ group, faults: faults(group.nodes, rows), key: keyOf(group.nodes) }))
    .sort(
      (a, b) =>
        a.faults - b.faults || b.group.members.length - a.group.members.length || compareText(a.key, b.key),
    )
    .map(({ group }) => group);
}

function group(members: readonly ReplicaPort[]): readonly ReplicaGroup[] {
  const told = members.flatMap((member) => {
    const nodes = viewOf(member);
    return nodes ? [{ nodes, member }] : [];
  });
  return [...groupBy(told, ({ nodes }) => keyOf(nodes)).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [{ nodes: first.nodes, members: alike.map(({ member }) => member) }] : [];
  });
}

/** The pods of each gateway under each Service port, by what they use; those that did not tell are left out. */
export function groupReplicas({ scope, rows, replicaPorts }: Join): readonly PortGroups[] {
  const gateways = [...new Set(replicaPorts.map(({ replica }) => replica.gateway))];
  return gateways.flatMap((gateway) =>
    scope.service.ports.map((port) => {
      const own = replicaPorts.filter((one) => one.replica.gateway === gateway && one.port === port.port);
      return {
        gateway,
        port,
        groups: inOrder(
          group(own),
          rows.filter((row) => row.port === port.name),
        ),
      };
    }),
  );
}
