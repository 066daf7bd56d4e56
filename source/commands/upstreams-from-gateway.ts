import type { AllTold } from '../core/gateways/together.ts';
import { EpsError } from '../core/error.ts';
import { itemsOf, routesOf, type Upstream } from '../core/snapshot.ts';
import type { Gateway, Known, Notice, Question } from '../gateways/gateway.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import { readOwners, readOwnersOf } from '../sources/kubernetes/read.ts';
import type { Io } from './command.ts';
import { askTogether, openGateways } from './gateway.ts';
import { noticeOn } from './notice.ts';
import type { ReadFrom, UpstreamOptions } from './line/options.ts';
import { clusterOf } from './open-cluster.ts';
import { selectUpstreams } from './select-upstreams.ts';

/** What all namespaces have, where that may be read. */
async function readAll(cluster: Cluster): Promise<Known> {
  const { services, ...routes } = await readOwners(cluster);
  return { services: itemsOf(services), routes: routesOf(routes), isWhole: services.state === 'Read' };
}

/** ms for which it holds who has a Service and a route. */
const knownHolds = 30_000;

/** Reads anew what is older than that; what was read before stays where it cannot be. */
function remembered(read: () => Promise<Known>, { now }: Pick<Io, 'now'>): () => Promise<Known> {
  let last: { readonly known: Promise<Known>; readonly at: number } | undefined;
  return () => {
    const at = now().getTime();
    if (last && at - last.at < knownHolds) return last.known;
    const before = last;
    const known = read().catch((error: unknown) => {
      if (before && error instanceof EpsError) return before.known;
      throw error;
    });
    last = { known, at };
    return known;
  };
}

/** Where the upstreams are that were asked for, and whom they may be for. */
export type UpstreamSources = {
  /** The Service that was named, else whatever there is. */
  readonly readKnown: () => Promise<Known>;
  /** Finds the gateways, each time anew; asks them nothing yet. */
  readonly open: () => Promise<readonly Gateway[]>;
  readonly notice: Notice;
};

/** They are read from a gateway, not from files. */
export type LiveUpstreamOptions = UpstreamOptions & {
  readonly from: Extract<ReadFrom, { readonly kind: 'Cluster' }>;
};

/** Connects to the cluster for as long as `use` goes on. */
export async function withUpstreamSources<Result>(
  { what, from: { flags, gateway } }: LiveUpstreamOptions,
  io: Io,
  use: (sources: UpstreamSources) => Promise<Result>,
): Promise<Result> {
  const { env } = io;
  const cluster = await clusterOf(flags, io);
  const notice = noticeOn(io);
  try {
    const readNamed = (name: string) =>
      readOwnersOf(cluster, { kind: 'names', namespace: cluster.namespace, names: [name] });
    return await use({
      readKnown: remembered(() => (what?.kind === 'Service' ? readNamed(what.name) : readAll(cluster)), io),
      open: () => openGateways(cluster, gateway, { env, notice, isGiven: true }),
      notice,
    });
  } finally {
    cluster.close();
  }
}

/** Asks for the upstreams, by id where that is possible. */
export async function askForUpstreams(
  gateways: readonly Gateway[],
  options: UpstreamOptions,
  { readKnown, notice }: UpstreamSources,
): Promise<AllTold> {
  const { what } = options;
  if (what?.kind === 'Service') {
    const known = await readKnown();
    return askTogether(gateways, ({ read }) => read(known), notice);
  }
  const pick = (upstreams: readonly Upstream[]) => selectUpstreams(upstreams, options);
  const question: Question = { known: readKnown, pick, ...(what && { id: what.name }) };
  return askTogether(gateways, ({ list }) => list(question), notice);
}
