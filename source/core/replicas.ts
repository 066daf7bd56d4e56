import { formatAddress, type Address } from './address.ts';
import { upstreamsOfPort } from './observed.ts';
import type { Scope } from './scope.ts';
import { itemsOf, type HealthCheck, type Layer, type Replica, type Upstream } from './snapshot.ts';

/** `ip:port` of nodes; `undefined` when they are not known. */
export type KnownNodes = ReadonlySet<string> | undefined;

/** What one pod of the gateway holds for one Service port. */
export type ReplicaPort = {
  readonly replica: Replica;
  /** The Service port's number. */
  readonly port: number;
  /** What its own configuration has. */
  readonly configured: KnownNodes;
  /** What its workers send requests to. */
  readonly used: KnownNodes;
  /** The newest of what `used` comes from; absent when not told. */
  readonly revision?: number;
  /** What its health checks probe; empty without any. */
  readonly probed: KnownNodes;
};

function known(
  layer: Layer<Upstream | HealthCheck>,
  items: readonly { readonly nodes: (Upstream | HealthCheck)['nodes'] }[],
): KnownNodes {
  if (layer.state !== 'Read' || items.some(({ nodes }) => nodes.state === 'Unread')) return undefined;
  const nodes = items.flatMap((one): readonly Address[] =>
    one.nodes.state === 'Read' ? one.nodes.items : [],
  );
  return new Set(nodes.map(formatAddress));
}

function replicaPort(replica: Replica, port: number): ReplicaPort {
  const { upstreams, runtime, healthChecks } = replica;
  const own = itemsOf(runtime).filter(({ service }) => service?.port === port);
  const revisions = own.flatMap(({ revision }) => revision ?? []);
  const checks = itemsOf(healthChecks).filter(({ service }) => service?.port === port);
  return {
    replica,
    port,
    configured: known(upstreams, upstreamsOfPort({ upstreams }, port)),
    used: known(runtime, upstreamsOfPort({ upstreams: runtime }, port)),
    ...(revisions.length > 0 && { revision: Math.max(...revisions) }),
    probed: known(healthChecks, checks),
  };
}

/** Whether any pod of a gateway holds something of a Service port. */
function isServed(replicas: readonly Replica[], port: number): boolean {
  return replicas.some(({ upstreams, runtime }) =>
    [...itemsOf(upstreams), ...itemsOf(runtime)].some(({ service }) => service?.port === port),
  );
}

/**
 * Every pod of the gateway with every port of the Service, in the order of the pods' names. A gateway that has
 * nothing of a port need not: another one may serve it.
 */
export function replicaPorts({ service, replicas }: Scope): readonly ReplicaPort[] {
  const all = itemsOf(replicas);
  return all.flatMap((replica) => {
    const peers = all.filter(({ gateway }) => gateway === replica.gateway);
    return service.ports
      .filter(({ port }) => replica.runtime.state !== 'Read' || isServed(peers, port))
      .map(({ port }) => replicaPort(replica, port));
  });
}

/** Addresses that are probed and get no requests. */
export function ghosts({ used, configured, probed }: ReplicaPort): readonly string[] {
  const held = used ?? configured;
  return held && probed ? [...probed].filter((text) => !held.has(text)) : [];
}
