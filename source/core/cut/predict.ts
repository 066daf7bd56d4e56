import { compareText } from '../address.ts';
import type { Join, Row } from '../join.ts';
import type { EndpointSubset } from '../kubernetes.ts';
import { oncePer } from '../once-per.ts';
import { itemsOf } from '../snapshot.ts';

/** `maxCapacity` of the endpoints controller: addresses over all subsets; what is beyond is not written. */
export const endpointsCapacity = 1000;

/** A subset as the endpoints controller packs it: the ports that the same hosts offer. */
export type Packed = {
  /** `NAME PORT` each, sorted. */
  readonly ports: readonly string[];
  /** In the text order of the hosts, which is the order in which they are kept. */
  readonly ready: readonly string[];
  readonly notReady: readonly string[];
};

/** `NAME PORT`, as in {@link Packed}. */
export const portOf = ({ port, address }: Row) => `${port} ${address.port ?? ''}`;

/** `RepackSubsets`: hosts by port, then ports by the hosts that offer them. */
export const pack = oncePer((rows: readonly Row[]): readonly Packed[] => {
  const byPort = new Map<string, { ready: string[]; notReady: string[] }>();
  for (const row of rows) {
    const { Endpoints } = row.expected;
    if (Endpoints !== 'Ready' && Endpoints !== 'NotReady') continue;
    const port = portOf(row);
    const hosts = byPort.get(port) ?? { ready: [], notReady: [] };
    byPort.set(port, hosts);
    hosts[Endpoints === 'Ready' ? 'ready' : 'notReady'].push(row.address.host);
  }
  const byHosts = new Map<string, Packed>();
  for (const [port, hosts] of byPort) {
    const ready = hosts.ready.sort(compareText);
    const notReady = hosts.notReady.sort(compareText);
    const key = JSON.stringify([ready, notReady]);
    const ports = [...(byHosts.get(key)?.ports ?? []), port].sort(compareText);
    byHosts.set(key, { ports, ready, notReady });
  }
  return [...byHosts.values()].sort((a, b) => compareText(a.ports.join(), b.ports.join()));
});

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

/** `truncateEndpoints`: each subset's part of the room, rounded up, until there is none left. */
export function shareOut(sizes: readonly number[], room: number): readonly number[] {
  const total = sum(sizes);
  let left = room;
  return sizes.map((size) => {
    const part = total === 0 ? 0 : Math.min(Math.ceil((size / total) * room), left);
    left -= part;
    return part;
  });
}

type Kept = { readonly ready: number; readonly notReady: number };

/** How many of each subset stay: ready ones before any that are not. */
function keptOf(subsets: readonly Packed[]): readonly Kept[] {
  const ready = subsets.map((subset) => subset.ready.length);
  const notReady = subsets.map((subset) => subset.notReady.length);
  const allReady = sum(ready);
  if (allReady > endpointsCapacity) {
    return shareOut(ready, endpointsCapacity).map((part) => ({ ready: part, notReady: 0 }));
  }
  const parts = shareOut(notReady, Math.min(endpointsCapacity - allReady, sum(notReady)));
  return parts.map((part, index) => ({ ready: ready[index] ?? 0, notReady: part }));
}

/** The subsets in the order in which they were written: rounding favours the first ones. */
function inOrderOf(written: readonly EndpointSubset[], subsets: readonly Packed[]): readonly Packed[] {
  const names = written.map(({ ports }) =>
    ports
      .map(({ name, port }) => `${name} ${port ?? ''}`)
      .sort(compareText)
      .join(),
  );
  const place = ({ ports }: Packed) => {
    const index = names.indexOf(ports.join());
    return index === -1 ? names.length : index;
  };
  return [...subsets].sort((a, b) => place(a) - place(b));
}

/**
 * The rows that the endpoints controller leaves out of an Endpoints of more than 1000 addresses (Kubernetes 1.37):
 * ready addresses stay before not ready ones, subsets share the room in proportion, and in each the hosts that
 * come first as text stay. The order of subsets follows from a hash; `written` tells it where it was written.
 */
export function predictCut(rows: readonly Row[], written: readonly EndpointSubset[]): ReadonlySet<Row> {
  const subsets = inOrderOf(written, pack(rows));
  const kept = new Set(
    keptOf(subsets).flatMap((part, index) => {
      const { ports = [], ready = [], notReady = [] } = subsets[index] ?? {};
      const hosts = [...ready.slice(0, part.ready), ...notReady.slice(0, part.notReady)];
      return ports.flatMap((port) => hosts.map((host) => `${port} ${host}`));
    }),
  );
  return new Set(
    rows.filter(
      (row) =>
        (row.expected.Endpoints === 'Ready' || row.expected.Endpoints === 'NotReady') &&
        !kept.has(`${portOf(row)} ${row.address.host}`),
    ),
  );
}

/** The rows that the controller leaves out of the Endpoints of a join. */
export const cutOf = oncePer(({ scope, rows }: Join): ReadonlySet<Row> =>
  predictCut(
    rows,
    itemsOf(scope.endpoints).flatMap(({ subsets }) => subsets),
  ),
);

/** Endpoints says that it is cut, and there is more than it has room for: the annotation may be left over. */
export function isCut({ scope, rows }: Join): boolean {
  if (!itemsOf(scope.endpoints).some(({ overCapacity }) => overCapacity === 'truncated')) return false;
  const sizes = pack(rows).map(({ ready, notReady }) => ready.length + notReady.length);
  return sum(sizes) > endpointsCapacity;
}
