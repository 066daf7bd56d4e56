import type { Join, Row } from '../join.ts';
import type { Service } from '../kubernetes.ts';
import { disputed, type Drifting } from '../replicas/drift.ts';
import { viewOf } from '../replicas/groups.ts';
import type { ReplicaPort } from '../replicas/ports.ts';
import type { Found } from './finding.ts';
import { count } from './words.ts';

const inAddresses = (number: number) => count(number, 'address', 'addresses');

/** `gw/apisix-1 (lacks 2 addresses, has 1 address too many)`. */
function describe(member: ReplicaPort, right: ReadonlySet<string>): string {
  const used = viewOf(member) ?? new Set();
  const lacks = [...right].filter((text) => !used.has(text)).length;
  const extra = [...used].filter((text) => !right.has(text)).length;
  const parts = [
    ...(lacks > 0 ? [`lacks ${inAddresses(lacks)}`] : []),
    ...(extra > 0 ? [`has ${inAddresses(extra)} too many`] : []),
  ];
  return `${member.replica.name} (${parts.join(', ')})`;
}

/** The first three; more would not be read. */
export function few(texts: readonly string[]): string {
  const more = texts.length - 3;
  return more > 0 ? `${texts.slice(0, 3).join(', ')} and ${more} more` : texts.join(', ');
}

/** `1 of 3 APISIX pods`. */
export function ofPods({ members, told }: Drifting): string {
  return `${members.length} of ${count(told, 'APISIX pod')}`;
}

/** Every member with what it lacks and has too many. */
export function describeMembers({ members, rightOf }: Drifting): string {
  return few(members.map((member) => describe(member, rightOf(member))));
}

/** What all findings of drifting pods have: the rows in dispute, the port, the gateway, the pod when it is one. */
export function draftOf(
  { rows }: Join,
  drifting: Drifting,
): Pick<Found, 'rows' | 'port' | 'gateway' | 'replica'> {
  const { gateway, port, members } = drifting;
  const texts = disputed(drifting);
  const [only, ...more] = members;
  const own: readonly Row[] = rows.filter((row) => row.port === port.name && texts.has(row.text));
  return {
    rows: own,
    port: port.name,
    gateway,
    ...(only && more.length === 0 && { replica: only.replica.name }),
  };
}

/** Shows every pod of the gateway side by side. */
export function askAll({ namespace, name }: Service): string {
  return `kubectl eps upstream svc/${name} -n ${namespace} --all-replicas`;
}
