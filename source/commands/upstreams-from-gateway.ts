import { itemsOf, routesOf, type Layer, type Replica, type Upstream } from '../core/snapshot.ts';
import type { Known } from '../gateways/apisix/effective/known.ts';
import { readLists, toLayer } from '../gateways/apisix/look-up.ts';
import type { Gateway } from '../gateways/apisix/open.ts';
import { readReplicas } from '../gateways/apisix/replicas.ts';
import { openCluster, type Cluster } from '../sources/kubernetes/connection.ts';
import { readOwners, readServices } from '../sources/kubernetes/read.ts';
import type { Io } from './command.ts';
import { closeGateway, lookUpIn, noticeOn, openAllReplicas, openApisix, type Notice } from './gateway.ts';
import type { ReadFrom, UpstreamOptions } from './line/options.ts';

type FromCluster = Extract<ReadFrom, { readonly kind: 'Cluster' }>;

/** What all namespaces have, where that may be read. */
async function readKnown(cluster: Cluster): Promise<Known> {
  const { services, ...routes } = await readOwners(cluster);
  return { services: itemsOf(services), routes: routesOf(routes), isWhole: services.state === 'Read' };
}

/** Whatever the look-up gives is asked for. */
const nobody = { services: [], routes: [] };

/** Everything with its routes: one list each of upstreams, services and routes. */
async function readAll(gateway: Gateway, known: Known): Promise<Layer<Upstream>> {
  const reading = await readLists(gateway, ['upstreams', 'services', 'routes', 'stream_routes']);
  return toLayer(reading, known, gateway);
}

async function readOfService(
  name: string,
  cluster: Cluster,
  gateway: Gateway,
  notice: Notice,
): Promise<Layer<Upstream>> {
  const target = { kind: 'names', namespace: cluster.namespace, names: [name] } as const;
  const layers = await readServices(cluster, target);
  const lookUp = lookUpIn(gateway, { everything: false, isGiven: true, notice });
  return lookUp({ services: itemsOf(layers.services), routes: routesOf(layers) });
}

async function read(
  what: UpstreamOptions['what'],
  cluster: Cluster,
  gateway: Gateway,
  notice: Notice,
): Promise<Layer<Upstream>> {
  if (what?.kind === 'Service') return readOfService(what.name, cluster, gateway, notice);
  const known = readKnown(cluster);
  if (what === undefined) return readAll(gateway, await known);
  const reading = await gateway.ask('upstreams', { kind: 'ids', ids: [what.name] });
  const isFound =
    reading.state === 'Unread' || reading.items.some(({ resource }) => resource === 'upstreams');
  return isFound ? toLayer(reading, await known, gateway) : readAll(gateway, await known);
}

/** Runs with the cluster of the flags, and closes it. */
async function withCluster<Told>(
  { flags }: FromCluster,
  { env, signal }: Io,
  ask: (cluster: Cluster) => Promise<Told>,
): Promise<Told> {
  const cluster = await openCluster(flags, env);
  signal.addEventListener('abort', cluster.close, { once: true });
  try {
    return await ask(cluster);
  } finally {
    cluster.close();
  }
}

/** The upstreams that were asked for, by id where that is possible. */
export function upstreamsFromGateway(
  { what }: UpstreamOptions,
  from: FromCluster,
  io: Io,
): Promise<Layer<Upstream>> {
  return withCluster(from, io, async (cluster) => {
    const notice = noticeOn(io);
    const opened = await openApisix(cluster, from.gateway, { env: io.env, notice });
    if (opened.state !== 'Open') return opened;
    try {
      return await read(what, cluster, opened, notice);
    } finally {
      closeGateway(opened);
    }
  });
}

/** Every pod of the gateway with those of its upstreams that `select` takes. */
export function replicasFromGateway(
  { what }: UpstreamOptions,
  from: FromCluster,
  io: Io,
  select: (upstreams: readonly Upstream[]) => readonly Upstream[],
): Promise<Layer<Replica>> {
  return withCluster(from, io, async (cluster) => {
    const notice = noticeOn(io);
    const opened = await openAllReplicas(cluster, from.gateway, { env: io.env, notice });
    const lookUpIn = (gateway: Gateway) => async (): Promise<Layer<Upstream>> => {
      const layer = await read(what, cluster, gateway, notice);
      return layer.state === 'Read' ? { ...layer, items: select(layer.items) } : layer;
    };
    try {
      const everything = what === undefined;
      const { replicas } = await readReplicas(opened, { everything, notice, lookUpIn })(nobody);
      return replicas;
    } finally {
      closeGateway(opened);
    }
  });
}
