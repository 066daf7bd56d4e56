import type { Join, Row } from '../join.ts';
import type { Service } from '../kubernetes.ts';
import { disputed, type Drifting, type Member } from '../replicas/drift.ts';
import type { Found } from './finding.ts';
import { count, spellUpstream } from './words.ts';

const inAddresses = (number: number) => count(number, 'address', 'addresses');

/** `gw/apisix-1 (lacks 2 addresses, has 1 address too many)`. */
function describe({ replica, lacks, extra }: Member): string {
  const parts = [
    ...(lacks.size > 0 ? [`lacks ${inAddresses(lacks.size)}`] : []),
    ...(extra.size > 0 ? [`has ${inAddresses(extra.size)} too many`] : []),
  ];
  return `${replica.name} (${parts.join(', ')})`;
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

/** Every member with what it lacks and has too many; of several upstreams of a port, in which. */
export function describeMembers({ members, upstreams }: Drifting): string {
  const where = upstreams.length === 0 ? '' : `, in ${few(upstreams.map(spellUpstream))}`;
  return `${few(members.map(describe))}${where}`;
}

/** What all findings of drifting pods have: the rows in dispute, the port, the gateway, the pod when it is one. */
export function draftOf(
  { rows }: Join,
  drifting: Drifting,
): Pick<Found, 'rows' | 'port' | 'upstream' | 'gateway' | 'replica'> {
  const { gateway, port, members, upstreams } = drifting;
  const texts = disputed(drifting);
  const [only, ...more] = members;
  const own: readonly Row[] = rows.filter((row) => row.port === port.name && texts.has(row.text));
  return {
    rows: own,
    port: port.name,
    ...(upstreams.length > 0 && { upstream: upstreams.map(spellUpstream).join(', ') }),
    gateway,
    ...(only && more.length === 0 && { replica: only.replica.name }),
  };
}

/** Shows every pod of the gateway side by side. */
export function askAll({ namespace, name }: Service): string {
  return `kubectl eps upstream svc/${name} -n ${namespace} --all-replicas`;
}
