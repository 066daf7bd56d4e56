import type { AllTold } from '../core/gateways/together.ts';
import { itemsOf, routesOf } from '../core/snapshot.ts';
import type { Gateway, Known, Notice, Question } from '../gateways/gateway.ts';
import { openCluster, type Cluster } from '../sources/kubernetes/connection.ts';
import { readOwners, readServices } from '../sources/kubernetes/read.ts';
import type { Io } from './command.ts';
import { askTogether, noticeOn, openGateways } from './gateway.ts';
import type { ReadFrom, UpstreamOptions } from './line/options.ts';

/** What all namespaces have, where that may be read. */
async function readKnown(cluster: Cluster): Promise<Known> {
  const { services, ...routes } = await readOwners(cluster);
  return { services: itemsOf(services), routes: routesOf(routes), isWhole: services.state === 'Read' };
}

async function readService(cluster: Cluster, name: string): Promise<Known> {
  const target = { kind: 'names', namespace: cluster.namespace, names: [name] } as const;
  const layers = await readServices(cluster, target);
  return { services: itemsOf(layers.services), routes: routesOf(layers) };
}

type Asking = Pick<Question, 'pick'> & {
  readonly what: UpstreamOptions['what'];
  readonly notice: Notice;
};

async function ask(
  cluster: Cluster,
  gateways: readonly Gateway[],
  { what, pick, notice }: Asking,
): Promise<AllTold> {
  if (what?.kind === 'Service') {
    const known = await readService(cluster, what.name);
    return askTogether(gateways, ({ read }) => read(known), notice);
  }
  let reading: Promise<Known> | undefined;
  const known = () => (reading ??= readKnown(cluster));
  const question = { known, pick, ...(what && { id: what.name }) };
  return askTogether(gateways, ({ list }) => list(question), notice);
}

/** The upstreams that were asked for, by id where that is possible; of every pod those that `pick` takes. */
export async function upstreamsFromGateway(
  { what }: UpstreamOptions,
  { flags, gateway }: Extract<ReadFrom, { readonly kind: 'Cluster' }>,
  io: Io,
  pick: Question['pick'],
): Promise<AllTold> {
  const { env, signal } = io;
  const cluster = await openCluster(flags, env);
  signal.addEventListener('abort', cluster.close, { once: true });
  try {
    const notice = noticeOn(io);
    const gateways = await openGateways(cluster, gateway, { env, notice, isGiven: true });
    try {
      return await ask(cluster, gateways, { what, pick, notice });
    } finally {
      for (const { close } of gateways) close();
    }
  } finally {
    cluster.close();
  }
}
