import { compareText } from '../address.ts';
import { endpointsCapacity, pack, portOf, shareOut, type Packed } from './predict.ts';
import { optional } from '../door.ts';
import { join, type Row } from '../join.ts';
import type { CutAddress, CutAtReplicas } from '../report.ts';
import { hasSelector, type Scope } from '../scope.ts';

type Grown = { readonly hosts: readonly string[]; readonly ports: readonly string[]; readonly size: number };

/** A subset at another number of replicas: its part of the Service stays what it is. */
function grow({ ports, ready, notReady }: Packed, factor: number): Grown {
  const hosts = [...ready, ...notReady].sort(compareText);
  return { hosts, ports, size: Math.round(hosts.length * factor) };
}

/**
 * What is known of the address at a place (from 1, in text order) when pods with unknown IPs come or go: all new
 * ones may sort before it, all that go may have.
 */
function fate(place: number, { hosts, size }: Grown, room: number): CutAddress['cut'] | undefined {
  const gone = Math.max(hosts.length - size, 0);
  const added = Math.max(size - hosts.length, 0);
  if (place - gone > room) return 'Certain';
  return place + added > room ? 'Possible' : undefined;
}

/**
 * Which of today's addresses Endpoints would lack if the Service had so many ready pods. `undefined` for a Service
 * whose pods are not known: without a selector, or Unread.
 */
export function cutAtReplicas(scope: Scope, replicas: number): CutAtReplicas | undefined {
  if (!hasSelector(scope.service) || scope.pods.state !== 'Read') return undefined;
  const { rows } = join(scope);
  const packed = pack(rows);
  const pods = new Set(packed.flatMap(({ ready, notReady }) => [...ready, ...notReady])).size;
  const subsets = packed.map((subset) => grow(subset, replicas / pods));
  const sizes = pods === 0 ? [replicas] : subsets.map(({ size }) => size);
  const beyond = Math.max(sizes.reduce((total, size) => total + size, 0) - endpointsCapacity, 0);
  const rooms = shareOut(sizes, endpointsCapacity);
  const addresses = subsets.flatMap((subset, index) =>
    beyond === 0 ? [] : cutIn(subset, rooms[index] ?? 0, rows),
  );
  return { replicas, count: beyond, addresses };
}

function cutIn(subset: Grown, room: number, rows: readonly Row[]): readonly CutAddress[] {
  const [port] = subset.ports;
  const byHost = new Map(rows.filter((row) => portOf(row) === port).map((row) => [row.address.host, row]));
  return subset.hosts.flatMap((host, index) => {
    const cut = fate(index + 1, subset, room);
    const row = byHost.get(host);
    return cut && row ? [{ address: row.text, ...optional('pod', row.podName), cut }] : [];
  });
}
