import { readFile } from 'node:fs/promises';
import { optional } from '../core/door.ts';
import type { Service } from '../core/kubernetes.ts';
import { indexScopes } from '../core/scope.ts';
import { itemsOf, routesOf, type Layer, type Snapshot, type Upstream } from '../core/snapshot.ts';
import type { Versions } from '../core/versions.ts';
import type { Known } from '../gateways/apisix/effective/known.ts';
import { listAll, lookUpAgain, lookUpById, type LookUp } from '../gateways/apisix/look-up.ts';
import {
  openGateway,
  type GatewayOptions as ApisixOptions,
  type Opened,
  type Surroundings,
} from '../gateways/apisix/open.ts';
import { openReplicas, readReplicas, type OpenReplicas } from '../gateways/apisix/replicas.ts';
import { escapeText } from '../views/escape.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import { execInPod } from '../sources/kubernetes/exec.ts';
import { dialPod } from '../sources/kubernetes/port-forward.ts';
import type { Io } from './command.ts';
import type { GatewayOptions } from './line/gateway-options.ts';

/** Whether a flag says that there is a gateway; else it is only looked for. */
export function isGatewayGiven({ url, pod, keyFile, keySecret, allReplicas }: GatewayOptions): boolean {
  return allReplicas || [url, pod, keyFile, keySecret].some((given) => given !== undefined);
}

/** Takes one line of talk. */
export type Notice = (text: string) => void;

/** Talk on stderr; what was said once holds for all that is read later. */
export function noticeOn({ stderr }: Pick<Io, 'stderr'>): Notice {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    stderr.write(`notice: ${escapeText(text)}\n`);
  };
}

/** Talk that waits until `release`: what fails before then is told without it, as kubectl would. */
export function heldBack(notice: Notice): { readonly notice: Notice; readonly release: () => void } {
  const held: string[] = [];
  let isReleased = false;
  return {
    notice: (text) => {
      if (isReleased) notice(text);
      else held.push(text);
    },
    release: () => {
      isReleased = true;
      held.splice(0).forEach(notice);
    },
  };
}

type Talk = Pick<Io, 'env'> & { readonly notice: Notice };

/** What the flags say, and what of the cluster is needed for it. */
function meaning(
  cluster: Cluster,
  { pod, ...others }: GatewayOptions,
  { env, notice }: Talk,
): readonly [ApisixOptions, Surroundings] {
  const { namespace } = cluster;
  const named = pod === undefined || pod === 'any' ? pod : { namespace, ...pod };
  return [
    { ...others, namespace, ...(named && { pod: named }) },
    {
      kube: cluster,
      dial: (target, port, signal) => dialPod(cluster, { ...target, port }, signal),
      exec: (target, command, signal) => execInPod(cluster, target, command, signal),
      env,
      readFile: (path) => readFile(path, 'utf8'),
      notice,
    },
  ];
}

/** The gateway of the flags, through the cluster where it is a pod. */
export function openApisix(cluster: Cluster, options: GatewayOptions, talk: Talk): Promise<Opened> {
  return openGateway(...meaning(cluster, options, talk));
}

/** Every pod of it. */
export function openAllReplicas(
  cluster: Cluster,
  options: GatewayOptions,
  talk: Talk,
): Promise<OpenReplicas> {
  // Whoever wants every pod says that there are some.
  const pod = options.url === undefined ? (options.pod ?? 'any') : options.pod;
  return openReplicas(...meaning(cluster, { ...options, ...optional('pod', pod) }, talk));
}

/** What the gateway tells of Services, and the versions of what runs there. */
export type GatewayLayers = Pick<Snapshot, 'upstreams' | 'replicas' | 'versions'>;

export type GatewayReader = {
  readonly read: (known: Known) => Promise<GatewayLayers>;
  /** Of one Service, without a list. */
  readonly again: (service: Service, before: Snapshot) => Promise<Pick<Snapshot, 'upstreams' | 'replicas'>>;
  readonly close: () => void;
};

/** `everything`: of very many Services. */
type Reading = Talk & { readonly everything: boolean };

/** One APISIX, or with `--all-replicas` each pod of it. */
export function openGatewayReader(
  cluster: Cluster,
  options: GatewayOptions,
  talk: Reading,
): Promise<GatewayReader> {
  return options.allReplicas ? readAll(cluster, options, talk) : readOne(cluster, options, talk);
}

async function readAll(
  cluster: Cluster,
  options: GatewayOptions,
  { everything, ...talk }: Reading,
): Promise<GatewayReader> {
  const { notice } = talk;
  const opened = await openAllReplicas(cluster, options, talk);
  const lookUp = (gateway: Opened) => lookUpIn(gateway, { everything, isGiven: true, notice });
  const read = readReplicas(opened, { everything, notice, lookUpIn: lookUp });
  return {
    read: async (known) => ({ versions: versionsOf(opened), ...(await read(known)) }),
    again: async (service, before) => {
      const again = (gateway: Opened) => () => upstreamsAgain(gateway, service, before);
      const known = { services: [service], routes: routesOf(before) };
      const reading = { everything: false, notice, lookUpIn: again, before: before.replicas };
      return readReplicas(opened, reading)(known);
    },
    close: () => {
      closeGateway(opened);
    },
  };
}

async function readOne(
  cluster: Cluster,
  options: GatewayOptions,
  { everything, ...talk }: Reading,
): Promise<GatewayReader> {
  const opened = await openApisix(cluster, options, talk);
  const isGiven = isGatewayGiven(options);
  const lookUp = lookUpIn(opened, { everything, isGiven, notice: talk.notice });
  return {
    read: async (known) => ({
      versions: versionsOf(opened),
      upstreams: await lookUp(known),
      replicas: { state: 'Absent' },
    }),
    again: async (service, before) => ({
      upstreams: await upstreamsAgain(opened, service, before),
      replicas: before.replicas,
    }),
    close: () => {
      closeGateway(opened);
    },
  };
}

function versionsOf(opened: Opened | OpenReplicas): Versions {
  return opened.state === 'Open' ? opened.versions : {};
}

export type LookUpOptions = {
  /** There may be very many Services. */
  readonly everything: boolean;
  readonly isGiven: boolean;
  readonly notice: Notice;
};

/** How the upstreams of Services are read from what was opened. */
export function lookUpIn(opened: Opened, { everything, isGiven, notice }: LookUpOptions): LookUp {
  if (opened.state !== 'Open') return () => Promise.resolve(opened);
  return everything ? listAll(opened) : lookUpById(opened, { isGiven, notice });
}

/** The upstreams of one Service again: those it had, and those that it should have by now. */
async function upstreamsAgain(opened: Opened, service: Service, before: Snapshot): Promise<Layer<Upstream>> {
  if (opened.state !== 'Open') return opened;
  // A gateway that hangs would cost its time again.
  if (before.upstreams.state === 'Unread') return before.upstreams;
  const { upstreams, unowned } = indexScopes(before)(service);
  const had = [...itemsOf(upstreams), ...unowned].map(({ id }) => id);
  return lookUpAgain(opened)({ services: [service], routes: routesOf(before) }, had);
}

export function closeGateway(opened: Opened | OpenReplicas): void {
  if (opened.state === 'Open') opened.close();
}
