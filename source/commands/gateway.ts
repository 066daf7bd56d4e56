import { readFile } from 'node:fs/promises';
import type { Service } from '../core/kubernetes.ts';
import { indexScopes } from '../core/scope.ts';
import { itemsOf, routesOf, type Layer, type Snapshot, type Upstream } from '../core/snapshot.ts';
import { listAll, lookUpAgain, lookUpById, type LookUp } from '../gateways/apisix/look-up.ts';
import { openGateway, type Opened } from '../gateways/apisix/open.ts';
import { escapeText } from '../views/escape.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import { dialPod } from '../sources/kubernetes/port-forward.ts';
import type { Io } from './command.ts';
import type { GatewayOptions } from './line/gateway-options.ts';

/** Whether a flag says that there is a gateway; else it is only looked for. */
export function isGatewayGiven({ url, pod, keyFile, keySecret }: GatewayOptions): boolean {
  return [url, pod, keyFile, keySecret].some((given) => given !== undefined);
}

/** Takes one line of talk. */
export type Notice = (text: string) => void;

/** Talk on stderr. */
export function noticeOn({ stderr }: Pick<Io, 'stderr'>): Notice {
  return (text) => {
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

/** The gateway of the flags, through the cluster where it is a pod. */
export function openApisix(
  cluster: Cluster,
  options: GatewayOptions,
  { env, notice }: Pick<Io, 'env'> & { readonly notice: Notice },
): Promise<Opened> {
  const { pod, ...others } = options;
  const { namespace } = cluster;
  const named = pod === undefined || pod === 'any' ? pod : { namespace, ...pod };
  return openGateway(
    { ...others, namespace, ...(named && { pod: named }) },
    {
      kube: cluster,
      dial: (target, port, signal) => dialPod(cluster, { ...target, port }, signal),
      env,
      readFile: (path) => readFile(path, 'utf8'),
      notice,
    },
  );
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
export async function upstreamsAgain(
  opened: Opened,
  service: Service,
  before: Snapshot,
): Promise<Layer<Upstream>> {
  if (opened.state !== 'Open') return opened;
  const had = itemsOf(indexScopes(before)(service).upstreams).map(({ id }) => id);
  return lookUpAgain(opened)({ services: [service], routes: routesOf(before) }, had);
}

export function closeGateway(opened: Opened): void {
  if (opened.state === 'Open') opened.close();
}
