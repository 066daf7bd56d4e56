import { fullName, type Service } from '../core/kubernetes.ts';
import { itemsOf } from '../core/snapshot.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import { readEventsOf } from '../sources/kubernetes/events.ts';
import { readChanging, startReading, type Underway } from '../sources/kubernetes/read.ts';
import type { Target } from '../sources/kubernetes/selections.ts';
import { combine } from './combine.ts';
import type { Io } from './command.ts';
import { followTarget } from './follow/follow.ts';
import { isGatewayGiven, openGatewayReader, type GatewayReader } from './gateway.ts';
import { heldBack, noticeOn } from './notice.ts';
import type { ReadFrom, ReadOptions } from './line/options.ts';
import { clusterOf } from './open-cluster.ts';
import { progressOn } from './progress.ts';
import type { ReadAgain, Reader } from './reader.ts';
import { byNamespaceAndName } from './select-services.ts';

function targetOf({ services, allNamespaces }: ReadOptions, cluster: Cluster): Target {
  const namespace = allNamespaces ? undefined : cluster.namespace;
  switch (services.kind) {
    case 'Names':
      return { kind: 'names', namespace: cluster.namespace, names: services.names };
    case 'Selector':
      return { kind: 'selector', namespace, labelSelector: services.selector };
    case 'All':
      return { kind: 'selector', namespace, labelSelector: '' };
  }
}

/** One Service is asked for by its name; of several the same lists are read as before. */
function targetAgain(target: Target, services: readonly Service[]): Target {
  const [service, second] = services;
  if (target.kind === 'names') return { ...target, names: services.map(({ name }) => name) };
  if (!service || second) return target;
  return { kind: 'names', namespace: service.namespace, names: [service.name] };
}

/** What the first reading told of routes and versions holds for Services that are read again. */
function readerAgain(cluster: Cluster, target: Target, opening: Promise<GatewayReader>, io: Io): ReadAgain {
  return async (services, before) => {
    const fresh = await readChanging(cluster, targetAgain(target, services), before);
    const told = await (await opening).again(services, before);
    const snapshot = { ...before, ...fresh, ...told, takenAt: io.now().toISOString() };
    const asked = new Set(services.map(fullName));
    return { snapshot, services: itemsOf(fresh.services).filter((service) => asked.has(fullName(service))) };
  };
}

/** The gateway is asked as soon as it is known what for, and never talks before a failure of the cluster. */
function readBoth({ owners, layers }: Underway, opening: Promise<GatewayReader>, release: () => void) {
  const telling = owners.then(async (known) => {
    release();
    return (await opening).read(known);
  });
  return Promise.all([layers, telling]);
}

/** Reads the cluster of kubectl's flags, and the gateway that they name or that can be found in it. */
export async function openClusterReader(
  options: ReadOptions,
  { flags, gateway }: Extract<ReadFrom, { readonly kind: 'Cluster' }>,
  io: Io,
): Promise<Reader> {
  const progress = progressOn(io);
  const cluster = progress.counting(await clusterOf(flags, io));
  const target = targetOf(options, cluster);
  // Of all Services those that have nothing to do with the gateway are many.
  const gatewayGiven = target.kind === 'names' && isGatewayGiven(gateway);
  const { notice, release } = heldBack(noticeOn(io));
  const everything = target.kind === 'selector';
  const open = () => openGatewayReader(cluster, gateway, { env: io.env, notice, everything });
  const opening = open();
  // It is awaited with the first reading, whose own failure comes first.
  opening.catch(() => undefined);
  return {
    namespace: target.namespace ?? '',
    close: () => {
      cluster.close();
      opening.then(
        ({ close }) => {
          close();
        },
        () => undefined,
      );
    },
    read: () =>
      progress.during(async () => {
        const [read, told] = await readBoth(startReading(cluster, target), opening, release);
        const snapshot = combine(read, told, { takenAt: io.now().toISOString(), gatewayGiven });
        return { snapshot, services: [...itemsOf(read.services)].sort(byNamespaceAndName) };
      }),
    kinds: progress.kinds,
    again: readerAgain(cluster, target, opening, io),
    events: (service) => readEventsOf(cluster, service),
    follow: followTarget({ cluster, target, open, gatewayGiven, notice, now: io.now }),
  };
}
