import { compareText, familyOf, formatAddress, parseAddress, type Address } from '../address.ts';
import { optional } from '../door.ts';
import { servedPorts, upstreamsOfPort } from '../observed.ts';
import type { Scope } from '../scope.ts';
import { itemsOf, type HealthCheck, type Layer, type Replica, type Upstream } from '../snapshot.ts';
import { dialled } from '../upstream-nodes.ts';

/** `ip:port` of nodes; `undefined` when they are not known. */
export type KnownNodes = ReadonlySet<string> | undefined;

/** What one pod of the gateway holds for one Service port in one of its upstreams. */
export type ReplicaPort = {
  readonly replica: Replica;
  /** The Service port's number. */
  readonly port: number;
  /** As some pod of the gateway has it; absent where none is known. */
  readonly upstream?: Upstream;
  /** What its own configuration has. */
  readonly configured: KnownNodes;
  /** What its workers send requests to. */
  readonly used: KnownNodes;
  /** Of what `used` comes from; absent when not told. */
  readonly revision?: number;
  /** What its health checks probe; empty without any. */
  readonly probed: KnownNodes;
};

type Nodes = readonly Address[] | undefined;

const nodesOf = (upstream: Upstream): Nodes =>
  upstream.nodes.state === 'Read' ? upstream.nodes.items.map((node) => dialled(upstream, node)) : undefined;

const probesOf = ({ nodes }: HealthCheck): Nodes => (nodes.state === 'Read' ? nodes.items : undefined);

function known({ state }: Layer<unknown>, lists: readonly Nodes[]): KnownNodes {
  if (state !== 'Read' || lists.includes(undefined)) return undefined;
  return new Set(lists.flatMap((nodes = []) => nodes.map(formatAddress)));
}

/** Where an upstream lies: ids are those of upstreams, of services and of routes. */
export function placeOf({ id, inline }: Pick<Upstream, 'id' | 'inline'>): string {
  return `${inline?.kind ?? ''} ${id}`;
}

function replicaPort(replica: Replica, port: number, upstream?: Upstream): ReplicaPort {
  const { upstreams, runtime, healthChecks } = replica;
  const place = upstream && placeOf(upstream);
  const ofPods = <Item extends Pick<Upstream, 'id' | 'inline' | 'service'>>(layer: Layer<Item>) =>
    upstreamsOfPort({ upstreams: layer }, port).filter((one) => placeOf(one) === place);
  const used = ofPods(runtime);
  return {
    replica,
    port,
    ...(upstream && { upstream }),
    configured: known(upstreams, ofPods(upstreams).map(nodesOf)),
    used: known(runtime, used.map(nodesOf)),
    // Several in one place have one holder, and so one revision.
    ...optional('revision', used[0]?.revision),
    probed: known(healthChecks, ofPods(healthChecks).map(probesOf)),
  };
}

/** Whether any pod of a gateway holds something of a Service port. */
function isServed(replicas: readonly Replica[], port: number): boolean {
  return replicas.some(({ upstreams, runtime }) =>
    [...itemsOf(upstreams), ...itemsOf(runtime)].some(({ service }) => service?.port === port),
  );
}

/** The upstreams of a Service port that any pod of a gateway has. */
function upstreamsIn(replicas: readonly Replica[], port: number): readonly Upstream[] {
  const all = replicas.flatMap(({ upstreams, runtime }) =>
    [upstreams, runtime].flatMap((layer) => upstreamsOfPort({ upstreams: layer }, port)),
  );
  const byPlace = new Map(all.map((upstream) => [placeOf(upstream), upstream]));
  return [...byPlace].sort(([a], [b]) => compareText(a, b)).map(([, upstream]) => upstream);
}

/**
 * Every pod of the gateway with every port of the Service and every upstream of the port, in the order of the pods'
 * names. A gateway that has nothing of a port need not: another one may serve it.
 */
export function replicaPorts(scope: Scope): readonly ReplicaPort[] {
  const all = itemsOf(scope.replicas);
  return all.flatMap((replica) => {
    const peers = all.filter(({ gateway }) => gateway === replica.gateway);
    return servedPorts(scope)
      .filter(({ port }) => replica.runtime.state !== 'Read' || isServed(peers, port))
      .flatMap(({ port }) => {
        const upstreams = upstreamsIn(peers, port);
        return upstreams.length === 0
          ? [replicaPort(replica, port)]
          : upstreams.map((upstream) => replicaPort(replica, port, upstream));
      });
  });
}

/** Addresses that are probed and get no requests. */
export function ghosts({ used, configured, probed }: ReplicaPort): readonly string[] {
  const held = used ?? configured;
  if (!held || !probed) return [];
  // Checks may go to a port of their own, and to the IPs of nodes that are names.
  const hosts = new Set([...held].map((text) => parseAddress(text).host));
  if ([...hosts].some((host) => familyOf(host) === undefined)) return [];
  return [...probed].filter((text) => !hosts.has(parseAddress(text).host));
}
