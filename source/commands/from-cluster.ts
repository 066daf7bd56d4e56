import { itemsOf, routesOf, type Snapshot } from '../core/snapshot.ts';
import type { Opened } from '../gateways/apisix/open.ts';
import { openCluster, type Cluster } from '../sources/kubernetes/connection.ts';
import { readAgain, readServices, type Target } from '../sources/kubernetes/read.ts';
import type { Io } from './command.ts';
import {
  closeGateway,
  heldBack,
  isGatewayGiven,
  lookUpIn,
  noticeOn,
  openApisix,
  upstreamsAgain,
} from './gateway.ts';
import type { ReadFrom, ReadOptions } from './line/options.ts';
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

/** What the first reading told of nodes, routes and versions holds for a Service that is read again. */
function readerAgain(cluster: Cluster, opening: Promise<Opened>, io: Io): ReadAgain {
  return async (service, before, layers) => {
    const fresh = await readAgain(cluster, service, layers);
    const upstreams = layers.has('Upstream')
      ? await upstreamsAgain(await opening, service, before)
      : before.upstreams;
    const snapshot = { ...before, ...fresh, upstreams, takenAt: io.now().toISOString() };
    return { snapshot, services: itemsOf(fresh.services) };
  };
}

/** Reads the cluster of kubectl's flags, and the gateway that they name or that can be found in it. */
export async function openClusterReader(
  options: ReadOptions,
  { flags, gateway }: Extract<ReadFrom, { readonly kind: 'Cluster' }>,
  io: Io,
): Promise<Reader> {
  const cluster = await openCluster(flags, io.env);
  io.signal.addEventListener('abort', cluster.close, { once: true });
  const target = targetOf(options, cluster);
  const isGiven = isGatewayGiven(gateway);
  const { notice, release } = heldBack(noticeOn(io));
  const opening = openApisix(cluster, gateway, { env: io.env, notice });
  const everything = target.kind === 'selector';
  const lookingUp = opening.then((opened) => lookUpIn(opened, { everything, isGiven, notice }));
  // It is awaited with the first reading, whose own failure comes first.
  lookingUp.catch(() => undefined);
  return {
    namespace: target.namespace ?? '',
    close: () => {
      cluster.close();
      opening.then(closeGateway, () => undefined);
    },
    read: async () => {
      const layers = await readServices(cluster, target);
      release();
      const lookUp = await lookingUp;
      const services = itemsOf(layers.services);
      const snapshot: Snapshot = {
        apiVersion: 'eps/v1',
        kind: 'Snapshot',
        takenAt: io.now().toISOString(),
        ...layers,
        upstreams: await lookUp({ services, routes: routesOf(layers) }),
        gatewayGiven: isGiven,
      };
      return { snapshot, services: [...services].sort(byNamespaceAndName) };
    },
    again: readerAgain(cluster, opening, io),
  };
}
