import { groupBy } from '../../core/group-by.ts';
import { itemsOf, type Layer, type Replica, type Upstream } from '../../core/snapshot.ts';
import type { Versions } from '../../core/versions.ts';
import { asDiscovered } from './effective/dump.ts';
import type { Known } from './effective/known.ts';
import { readControl, type Wanted } from './control/read.ts';
import { placeOf } from './control/runtime-upstream.ts';
import { findPods, type ApisixPod } from './find.ts';
import type { Key } from './key.ts';
import type { LookUp } from './look-up.ts';
import { idOfName, upstreamNameOf } from './name.ts';
import {
  gatewayOf,
  keyFor,
  locate,
  podTransports,
  versionsAt,
  type Gateway,
  type GatewayOptions,
  type Opened,
  type Surroundings,
} from './open.ts';
import type { Transport } from './transport.ts';

/** One pod of a gateway: both of its APIs. */
export type OpenReplica = {
  /** `apisix`; of several gateways NAMESPACE/RELEASE. */
  readonly gateway: string;
  /** NAMESPACE/POD. */
  readonly name: string;
  readonly admin: Gateway;
  readonly control: Transport;
};

export type OpenReplicas =
  | {
      readonly state: 'Open';
      readonly replicas: readonly OpenReplica[];
      readonly source: string;
      readonly versions: Versions;
      readonly close: () => void;
    }
  | Exclude<Opened, Gateway>;

const gatewayKey = ({ namespace, release }: ApisixPod) =>
  release === '' ? namespace : `${namespace}/${release}`;

/** Of a named pod those beside it, too. */
async function withPeers(
  [first, ...others]: readonly [ApisixPod, ...ApisixPod[]],
  { pod, namespace }: GatewayOptions,
  { kube }: Surroundings,
): Promise<readonly ApisixPod[]> {
  if (pod === undefined || pod === 'any') return [first, ...others];
  const found = await findPods(kube, namespace);
  const peers = found.state === 'Found' ? found.pods : [];
  const isOther = ({ namespace: where, name }: ApisixPod) =>
    `${where}/${name}` !== `${first.namespace}/${first.name}`;
  return [first, ...peers.filter((one) => gatewayKey(one) === gatewayKey(first) && isOther(one))];
}

/** The pods of one gateway share a key. */
async function openAll(
  gateway: string,
  pods: readonly ApisixPod[],
  given: Key | undefined,
  { options, around }: { readonly options: GatewayOptions; readonly around: Surroundings },
): Promise<readonly OpenReplica[]> {
  const key = pods[0] && (await keyFor(pods[0], given, around));
  const names = pods.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  const withKey = key ? `key from ${key.from}` : 'without a key';
  around.notice(
    `reading APISIX through ${pods.length === 1 ? 'pod' : 'pods'} ${names}${options.via === 'exec' ? ', by exec' : ''} (${withKey})`,
  );
  return pods.map((pod) => {
    const transports = podTransports(pod, options, around);
    return {
      gateway,
      name: `${pod.namespace}/${pod.name}`,
      admin: gatewayOf(transports, key, () => undefined),
      control: transports.control,
    };
  });
}

/** Finds every pod of every gateway in the cluster, and their keys; asks them nothing yet. */
export async function openReplicas(options: GatewayOptions, around: Surroundings): Promise<OpenReplicas> {
  const located = await locate(options, around);
  if (located.state === 'Unread' || located.state === 'Absent') return located;
  if (located.state === 'Url') {
    const reason = 'a URL leads to one of its pods, nobody knows which';
    return { state: 'Unread', reason, source: located.url };
  }
  const pods = await withPeers(located.pods, options, around);
  const gateways = groupBy(pods, gatewayKey);
  const opening = [...gateways].map(([name, own]) =>
    openAll(gateways.size === 1 ? 'apisix' : name, own, located.key, { options, around }),
  );
  const [replicas, versions] = await Promise.all([Promise.all(opening), versionsAt(located.pods[0], around)]);
  return {
    state: 'Open',
    replicas: replicas.flat(),
    source: pods.length === 1 ? '1 APISIX pod' : `${pods.length} APISIX pods`,
    versions,
    close: () => {
      for (const { admin } of replicas.flat()) admin.close();
    },
  };
}

/** What all pods tell: one configuration for the layer of that name, and each pod by itself. */
export type AllReplicas = { readonly upstreams: Layer<Upstream>; readonly replicas: Layer<Replica> };

/** Upstreams of the Services, or without any all, that some pod is configured with; when none told, those that controller 1.x would have made. */
function wantedOf(configurations: readonly Layer<Upstream>[], { services }: Known): readonly Wanted[] {
  const told = configurations.filter((layer) => layer.state === 'Read');
  if (told.length === 0) {
    return services.flatMap(({ namespace, name, ports }) =>
      ports.map(({ port }): Wanted => {
        const service = { namespace, name, port, granularity: 'endpoint' } as const;
        return { place: `upstreams/${idOfName(upstreamNameOf(service))}`, service };
      }),
    );
  }
  const names = new Set(services.map(({ namespace, name }) => `${namespace}/${name}`));
  const items = told.flatMap(({ items: own }) => own);
  const wanted = items
    .filter(
      ({ service }) => names.size === 0 || (service && names.has(`${service.namespace}/${service.name}`)),
    )
    .map((one): Wanted => ({ place: placeOf(one), ...(one.service && { service: one.service }) }));
  return [...new Map(wanted.map((one) => [one.place, one])).values()];
}

/** A configuration that was read, else why none was. */
function firstTold(replicas: readonly Replica[]): Layer<Upstream> {
  const told = replicas.find(({ upstreams }) => upstreams.state === 'Read');
  if (told) return told.upstreams;
  const reasons = replicas.flatMap(({ name, upstreams }) =>
    upstreams.state === 'Unread' ? [`${name}: ${upstreams.reason}`] : [],
  );
  return { state: 'Unread', reason: reasons.join('; '), source: 'APISIX' };
}

export type ReplicaOptions = {
  /** There may be very many Services. */
  readonly everything: boolean;
  readonly lookUpIn: (gateway: Gateway) => LookUp;
  readonly notice: (text: string) => void;
  /** What the pods told before: what was Unread then stays so, for a pod that hangs would cost its time again. */
  readonly before?: Layer<Replica>;
};

/** Reads all pods at once, and each of them one request after the other. */
export function readReplicas(
  opened: OpenReplicas,
  { everything, lookUpIn, notice, before = { state: 'Absent' } }: ReplicaOptions,
): (known: Known) => Promise<AllReplicas> {
  if (opened.state !== 'Open') return () => Promise.resolve({ upstreams: opened, replicas: opened });
  const { replicas, source } = opened;
  const earlier = new Map(itemsOf(before).map((replica) => [replica.name, replica]));
  const lookUps = replicas.map(({ name, admin }): LookUp => {
    const upstreams = earlier.get(name)?.upstreams;
    return upstreams?.state === 'Unread' ? () => Promise.resolve(upstreams) : lookUpIn(admin);
  });
  return async (known) => {
    const configurations = await Promise.all(lookUps.map((lookUp) => lookUp(known)));
    const wanted = wantedOf(configurations, known);
    const items = await Promise.all(
      replicas.map(async ({ gateway, name, control }, index): Promise<Replica> => {
        const last = earlier.get(name);
        const isSilent = last?.runtime.state === 'Unread';
        const told = isSilent ? last : await readControl(control, wanted, { everything, notice });
        const upstreams = configurations[index] ?? { state: 'Absent' };
        return { ...told, gateway, name, upstreams, runtime: asDiscovered(told.runtime, upstreams) };
      }),
    );
    return {
      upstreams: firstTold(items),
      replicas: { state: 'Read', items, resourceVersion: '', source },
    };
  };
}
