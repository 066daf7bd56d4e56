import { fullName } from '../../core/kubernetes.ts';
import { itemsOf, type Layer, type Replica, type Upstream } from '../../core/snapshot.ts';
import type { Gateway, GatewayOptions, Known, Notice, Question, Surroundings, Told } from '../gateway.ts';
import { controlReader, type Wanted } from './control/read.ts';
import { placeOf } from './control/runtime-upstream.ts';
import { asDiscovered } from './effective/dump.ts';
import type { ApisixPod } from './find.ts';
import type { Key } from './key.ts';
import { listAnything, lookUpAgain, lookUpOf } from './look-up.ts';
import { idOfName, upstreamNameOf } from './name.ts';
import { apisixOf, podTransports, tell, type Apisix } from './open.ts';

/** One pod of a gateway: both of its APIs. */
type OpenReplica = {
  /** NAMESPACE/POD. */
  readonly name: string;
  readonly admin: Apisix;
  readonly control: ReturnType<typeof controlReader>;
};

function openReplica(
  pod: ApisixPod,
  key: Key | undefined,
  options: GatewayOptions,
  around: Surroundings,
): OpenReplica {
  const transports = podTransports(pod, options, around);
  return {
    name: fullName(pod),
    admin: apisixOf(transports, key),
    control: controlReader(transports.control, around.notice),
  };
}

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
  const names = new Set(services.map(fullName));
  const items = told.flatMap(({ items: own }) => own);
  const wanted = items
    .filter(({ service }) => names.size === 0 || (service && names.has(fullName(service))))
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

/** How all pods are read: the configuration of each, and then what its workers use of any. */
type HowToRead = {
  readonly lookUps: readonly (() => Promise<Layer<Upstream>>)[];
  /** Whose upstreams are wanted; of none: all. */
  readonly known: Known;
  /** There may be very many. */
  readonly everything: boolean;
  /** What the pods told before, by name: what was Unread then stays so. */
  readonly earlier?: ReadonlyMap<string, Replica>;
};

/** Reads all pods at once, and each of them one request after the other. */
async function readAll(
  gateway: string,
  replicas: readonly OpenReplica[],
  { lookUps, known, everything, earlier }: HowToRead,
): Promise<Told> {
  const configurations = await Promise.all(lookUps.map((lookUp) => lookUp()));
  const wanted = wantedOf(configurations, known);
  const items = await Promise.all(
    replicas.map(async ({ name, control }, index): Promise<Replica> => {
      const last = earlier?.get(name);
      const told = last?.runtime.state === 'Unread' ? last : await control(wanted, everything);
      const upstreams = configurations[index] ?? { state: 'Absent' };
      return { ...told, gateway, name, upstreams, runtime: asDiscovered(told.runtime, upstreams) };
    }),
  );
  const source = items.length === 1 ? '1 APISIX pod' : `${items.length} APISIX pods`;
  return { upstreams: firstTold(items), replicas: { state: 'Read', items, resourceVersion: '', source } };
}

/** Whatever is configured is wanted. */
const nobody: Known = { services: [], routes: [] };

async function picked(reading: Promise<Layer<Upstream>>, pick?: Question['pick']): Promise<Layer<Upstream>> {
  const layer = await reading;
  return pick && layer.state === 'Read' ? { ...layer, items: pick(layer.items) } : layer;
}

/** Who hung before would cost its time again. */
function lookUpAfter(
  { name }: OpenReplica,
  earlier: ReadonlyMap<string, Replica>,
  lookUp: () => Promise<Layer<Upstream>>,
): () => Promise<Layer<Upstream>> {
  const upstreams = earlier.get(name)?.upstreams;
  return upstreams?.state === 'Unread' ? () => Promise.resolve(upstreams) : lookUp;
}

/** Says through which pods is read. */
function tellPods(pods: readonly ApisixPod[], key: Key | undefined, via: string, notice: Notice): void {
  const names = pods.map(fullName).join(', ');
  tell(`${pods.length === 1 ? 'pod' : 'pods'} ${names}${via}`, key, notice);
}

type Pods = Pick<Gateway, 'name' | 'versions'> & {
  readonly pods: readonly ApisixPod[];
  readonly key: Key | undefined;
};

/** Every pod of one gateway, side by side; they share a key. */
export function openReplicas(
  { name, versions, pods, key }: Pods,
  options: GatewayOptions,
  around: Surroundings,
): Gateway {
  const { everything } = options;
  tellPods(pods, key, options.via === 'exec' ? ', by exec' : '', around.notice);
  const replicas = pods.map((pod) => openReplica(pod, key, options, around));
  const lookUps = replicas.map(({ admin }) => lookUpOf(admin, options, around.notice));
  return {
    name,
    versions,
    read: (known) =>
      readAll(name, replicas, { lookUps: lookUps.map((lookUp) => () => lookUp(known)), known, everything }),
    again: ({ known, had, before, pick }) => {
      const earlier = new Map((before ? itemsOf(before.replicas) : []).map((one) => [one.name, one]));
      const again = replicas.map((one) =>
        lookUpAfter(one, earlier, () => picked(lookUpAgain(one.admin)(known, had), pick)),
      );
      const wanted = pick ? nobody : known;
      return readAll(name, replicas, { lookUps: again, known: wanted, everything: false, earlier });
    },
    list: (question) => {
      const listing = replicas.map(
        ({ admin }) =>
          () =>
            picked(listAnything(admin, question), question.pick),
      );
      const isAll = question.id === undefined;
      return readAll(name, replicas, { lookUps: listing, known: nobody, everything: isAll });
    },
    close: () => {
      for (const { admin } of replicas) admin.close();
    },
  };
}
