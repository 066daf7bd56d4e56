import { itemsOf, type Layer, type Replica, type Upstream } from '../core/snapshot.ts';
import type { ApisixItem } from '../gateways/apisix/answer.ts';
import type { Gateway } from '../gateways/apisix/open.ts';
import { readReplicas } from '../gateways/apisix/replicas.ts';
import { upstreamsOf } from '../gateways/apisix/upstreams.ts';
import { openCluster, type Cluster } from '../sources/kubernetes/connection.ts';
import { readServices } from '../sources/kubernetes/read.ts';
import type { Io } from './command.ts';
import { closeGateway, lookUpIn, noticeOn, openAllReplicas, openApisix, type Notice } from './gateway.ts';
import type { ReadFrom, UpstreamOptions } from './line/options.ts';

type FromCluster = Extract<ReadFrom, { readonly kind: 'Cluster' }>;

/** Whatever the look-up gives is asked for. */
const nobody = { services: [], routes: [] };

/** Everything with its routes: one list each of upstreams, services and routes. */
async function readAll(gateway: Gateway): Promise<Layer<Upstream>> {
  const items: ApisixItem[] = [];
  for (const ask of [
    () => gateway.upstreams({ kind: 'all' }),
    () => gateway.list('services'),
    () => gateway.list('routes'),
  ]) {
    const reading = await ask();
    if (reading.state === 'Unread') return { ...reading, source: gateway.source };
    items.push(...reading.items);
  }
  const upstreams = upstreamsOf(items, { services: [], routes: [] });
  return { state: 'Read', items: upstreams, resourceVersion: '', source: gateway.source };
}

async function readOfService(
  name: string,
  cluster: Cluster,
  gateway: Gateway,
  notice: Notice,
): Promise<Layer<Upstream>> {
  const target = { kind: 'names', namespace: cluster.namespace, names: [name] } as const;
  const { services, apisixRoutes } = await readServices(cluster, target);
  const lookUp = lookUpIn(gateway, { everything: false, isGiven: true, notice });
  return lookUp({ services: itemsOf(services), routes: itemsOf(apisixRoutes) });
}

async function read(
  what: UpstreamOptions['what'],
  cluster: Cluster,
  gateway: Gateway,
  notice: Notice,
): Promise<Layer<Upstream>> {
  if (what === undefined) return readAll(gateway);
  if (what.kind === 'Service') return readOfService(what.name, cluster, gateway, notice);
  const reading = await gateway.upstreams({ kind: 'ids', ids: [what.name] });
  if (reading.state === 'Unread') return { ...reading, source: gateway.source };
  return reading.items.length === 0
    ? readAll(gateway)
    : {
        state: 'Read',
        items: upstreamsOf(reading.items, { services: [], routes: [] }),
        resourceVersion: '',
        source: gateway.source,
      };
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
