import { readFile } from 'node:fs/promises';
import { optional } from '../core/door.ts';
import { judgedOf, together, type AllTold } from '../core/gateways/together.ts';
import type { Service } from '../core/kubernetes.ts';
import { indexScopes } from '../core/scope.ts';
import { gatewayOf, itemsOf, routesOf, type Snapshot } from '../core/snapshot.ts';
import type {
  Gateway,
  GatewayKind,
  GatewayOptions as KindOptions,
  Known,
  Notice,
  Opened,
  Surroundings,
  Told,
} from '../gateways/gateway.ts';
import { gatewayKinds } from '../gateways/index.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import { execInPod } from '../sources/kubernetes/exec.ts';
import { dialPod } from '../sources/kubernetes/port-forward.ts';
import type { Io } from './command.ts';
import type { GatewayOptions } from './line/gateway-options.ts';

/** Whether a flag says that there is a gateway; else it is only looked for. */
export function isGatewayGiven({ url, pod, keyFile, keySecret, allReplicas }: GatewayOptions): boolean {
  return allReplicas || [url, pod, keyFile, keySecret].some((given) => given !== undefined);
}

/** How gateways are opened: `kinds` are those that are looked for. */
export type Opening = Pick<Io, 'env'> &
  Partial<Pick<KindOptions, 'everything' | 'isGiven'>> & {
    readonly notice: Notice;
    readonly kinds?: readonly GatewayKind[];
  };

/** What of the cluster is needed for a gateway. */
function surroundings(cluster: Cluster, { env, notice }: Opening): Surroundings {
  return {
    kube: cluster,
    dial: (target, port, signal) => dialPod(cluster, { ...target, port }, signal),
    exec: (target, command, signal) => execInPod(cluster, target, command, signal),
    env,
    readFile: (path) => readFile(path, 'utf8'),
    notice,
  };
}

/** What the flags mean for one kind: those that say where a gateway is are named after theirs. */
function meaning(
  { name }: GatewayKind,
  { namespace }: Cluster,
  { allReplicas, timeoutMs, pod, ...others }: GatewayOptions,
  { everything = false, isGiven }: Opening,
): KindOptions {
  const given = isGiven ?? isGatewayGiven({ allReplicas, timeoutMs, ...optional('pod', pod), ...others });
  const how = { namespace, allReplicas, timeoutMs, everything, isGiven: given };
  if (name !== 'apisix') return how;
  const named = pod === undefined || pod === 'any' ? pod : { namespace, ...pod };
  return { ...how, ...others, ...optional('pod', named) };
}

/** One that was looked for, and of which nothing can be read. */
function unreadGateway(
  name: string,
  layer: Exclude<Opened, { readonly state: 'Open' }>,
  { allReplicas }: GatewayOptions,
): Gateway {
  const replicas = allReplicas ? layer : ({ state: 'Absent' } as const);
  const told = () => Promise.resolve({ upstreams: layer, replicas });
  return { name, versions: {}, read: told, again: told, list: told, close: () => undefined };
}

/** Every gateway of the flags, or that is found; nothing is asked of them yet. */
export async function openGateways(
  cluster: Cluster,
  options: GatewayOptions,
  opening: Opening,
): Promise<readonly Gateway[]> {
  const around = surroundings(cluster, opening);
  const { kinds = gatewayKinds } = opening;
  const opened = await Promise.all(
    kinds.map(async (kind): Promise<readonly Gateway[]> => {
      const found = await kind.open(meaning(kind, cluster, options, opening), around);
      if (found.state === 'Open') return found.gateways;
      return found.state === 'Absent' ? [] : [unreadGateway(kind.name, found, options)];
    }),
  );
  return opened.flat();
}

/** Asks all of them at once; says who is left out. */
export async function askTogether(
  gateways: readonly Gateway[],
  ask: (gateway: Gateway) => Promise<Told>,
  notice: Notice,
): Promise<AllTold> {
  const told = await Promise.all(
    gateways.map(async (gateway) => ({ gateway: gateway.name, ...(await ask(gateway)) })),
  );
  const judged = judgedOf(told);
  for (const one of told) {
    if (one.dispensable !== undefined && !judged.includes(one)) notice(one.dispensable);
  }
  return together(judged);
}

/** What the gateways tell of Services, and the versions of what runs there. */
export type GatewayLayers = AllTold & Pick<Snapshot, 'versions'>;

export type GatewayReader = {
  readonly read: (known: Known) => Promise<GatewayLayers>;
  /** Of some Services, without a list. */
  readonly again: (services: readonly Service[], before: Snapshot) => Promise<AllTold>;
  readonly close: () => void;
};

/** What one of the gateways told then, as far as it tells whether it could be read. */
function toldBefore(name: string, { upstreams, replicas, gateways = [] }: Snapshot): Told {
  const state = gateways.find((one) => one.name === name);
  if (state?.reason === undefined) return { upstreams, replicas };
  return { upstreams: { state: 'Unread', reason: state.reason, source: state.source }, replicas };
}

/** Every gateway as one. */
export async function openGatewayReader(
  cluster: Cluster,
  options: GatewayOptions,
  opening: Opening,
): Promise<GatewayReader> {
  const gateways = await openGateways(cluster, options, opening);
  const versions = gateways.reduceRight((others, one) => ({ ...others, ...one.versions }), {});
  return {
    read: async (known) => ({
      versions,
      ...(await askTogether(gateways, ({ read }) => read(known), opening.notice)),
    }),
    again: (services, before) => {
      const known = { services, routes: routesOf(before) };
      const scopes = services.map(indexScopes(before));
      const all = scopes.flatMap(({ upstreams, unowned }) => [...itemsOf(upstreams), ...unowned]);
      const had = [...new Set(all)];
      const ask = ({ name, again }: Gateway) => {
        const own = gateways.length === 1 ? had : had.filter((one) => gatewayOf(one) === name);
        return again({ known, had: own, before: toldBefore(name, before) });
      };
      return askTogether(gateways, ask, opening.notice);
    },
    close: () => {
      for (const { close } of gateways) close();
    },
  };
}
