import { expect, test } from 'vitest';
import { judge } from '../../source/core/judge.ts';
import type { Node } from '../../source/core/kubernetes.ts';
import { itemsOf, type Layer, type Snapshot, type Upstream } from '../../source/core/snapshot.ts';
import { backend, port80, route } from '../helpers/objects.ts';
import { randomOf, type Random } from '../helpers/random.ts';
import { randomSnapshot } from '../helpers/random-snapshot.ts';
import { endpoints, ips, pod, service, slice, upstream } from '../helpers/snapshot.ts';

/** Fewer where a whole run is made for each of thousands of mutants. */
const runs = Number(process.env['RANDOM_SNAPSHOTS'] ?? 500);
const seeds = Array.from({ length: runs }, (_, seed) => seed);

/** The bytes of the report of shop/web. */
function bytesOf(snapshot: Snapshot): string {
  const own = itemsOf(snapshot.services).filter(
    ({ name, namespace }) => name === 'web' && namespace === 'shop',
  );
  return JSON.stringify(judge(snapshot, own.slice(0, 1)));
}

type Change = <Item>(items: readonly Item[]) => readonly Item[];

function inLayer<Item>(layer: Layer<Item>, change: (items: readonly Item[]) => readonly Item[]): Layer<Item> {
  return layer.state === 'Read' ? { ...layer, items: change(layer.items) } : layer;
}

/** The same change in every list of objects. */
function inLists(snapshot: Snapshot, change: Change): Snapshot {
  return {
    ...snapshot,
    services: inLayer(snapshot.services, change),
    pods: inLayer(snapshot.pods, change),
    endpointSlices: inLayer(snapshot.endpointSlices, change),
    endpoints: inLayer(snapshot.endpoints, change),
    nodes: inLayer(snapshot.nodes, change),
    apisixRoutes: inLayer(snapshot.apisixRoutes, change),
    upstreams: inLayer(snapshot.upstreams, change),
  };
}

function withNodesChanged(one: Upstream, change: Change): Upstream {
  return one.nodes.state === 'Read'
    ? { ...one, nodes: { ...one.nodes, items: change(one.nodes.items) } }
    : one;
}

/** The same change in the lists inside the objects whose order means nothing. */
function insideObjects(snapshot: Snapshot, change: Change): Snapshot {
  return {
    ...snapshot,
    endpointSlices: inLayer(snapshot.endpointSlices, (slices) =>
      slices.map((one) => ({ ...one, endpoints: change(one.endpoints) })),
    ),
    endpoints: inLayer(snapshot.endpoints, (all) =>
      all.map((one) => ({
        ...one,
        subsets: change(one.subsets).map((subset) => ({
          ...subset,
          addresses: change(subset.addresses),
          notReadyAddresses: change(subset.notReadyAddresses),
        })),
      })),
    ),
    upstreams: inLayer(snapshot.upstreams, (all) => all.map((one) => withNodesChanged(one, change))),
  };
}

function holds(same: (snapshot: Snapshot, random: Random) => Snapshot): void {
  for (const seed of seeds) {
    const snapshot = randomSnapshot(seed);
    expect(bytesOf(same(snapshot, randomOf(seed))), `seed ${seed}`).toBe(bytesOf(snapshot));
  }
}

test('the order of the input never shows in the report', () => {
  holds((snapshot, { shuffled }) => insideObjects(inLists(snapshot, shuffled), shuffled));
});

test('an object that is read twice, as from two files that overlap, counts once', () => {
  holds((snapshot, { some, shuffled }) =>
    inLists(snapshot, (items) => shuffled([...items, ...structuredClone(some(items))])),
  );
});

test('objects of other Services and namespaces change nothing', () => {
  const other = { namespace: 'elsewhere' };
  const add =
    <Item>(...items: readonly Item[]) =>
    (known: readonly Item[]) => [...known, ...items];
  holds((snapshot) => ({
    ...snapshot,
    services: inLayer(snapshot.services, add(service({ name: 'zebra' }), service(other))),
    pods: inLayer(
      snapshot.pods,
      add(pod(1, other), pod(77, { labels: { species: 'zebra' }, podIPs: ips(77) })),
    ),
    endpointSlices: inLayer(
      snapshot.endpointSlices,
      add(slice(ips(1, 2, 77), other), slice(ips(77), { name: 'zebra-1', serviceName: 'zebra' })),
    ),
    endpoints: inLayer(
      snapshot.endpoints,
      add(endpoints(ips(1, 77), other), endpoints(ips(77), { name: 'zebra' })),
    ),
    nodes: inLayer(snapshot.nodes, add<Node>({ name: 'node-77', ready: false })),
    apisixRoutes: inLayer(
      snapshot.apisixRoutes,
      add(
        { ...route([backend('web'), backend('zebra')]), ...other },
        { ...route([backend('zebra')]), name: 'zebra' },
      ),
    ),
    upstreams: inLayer(
      snapshot.upstreams,
      add(
        upstream(ips(1, 77), { id: '77', service: port80(other) }),
        upstream(ips(77), { id: '78', service: port80({ name: 'zebra' }) }),
      ),
    ),
  }));
});
