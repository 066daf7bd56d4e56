import { readFile } from 'node:fs/promises';
import { lookUpById, listAll, type LookUp } from '../gateways/apisix/look-up.ts';
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

/** One line of talk. */
export function notice({ stderr }: Pick<Io, 'stderr'>, text: string): void {
  stderr.write(`notice: ${escapeText(text)}\n`);
}

/** The gateway of the flags, through the cluster where it is a pod. */
export function openApisix(cluster: Cluster, options: GatewayOptions, io: Io): Promise<Opened> {
  const { pod, ...others } = options;
  const { namespace } = cluster;
  const named = pod === undefined || pod === 'any' ? pod : { namespace, ...pod };
  return openGateway(
    { ...others, namespace, ...(named && { pod: named }) },
    {
      kube: cluster,
      dial: (target, port, signal) => dialPod(cluster, { ...target, port }, signal),
      env: io.env,
      readFile: (path) => readFile(path, 'utf8'),
      notice: (text) => {
        notice(io, text);
      },
    },
  );
}

export type LookUpOptions = {
  /** There may be very many Services. */
  readonly everything: boolean;
  readonly isGiven: boolean;
};

/** How the upstreams of Services are read from what was opened. */
export function lookUpIn(opened: Opened, { everything, isGiven }: LookUpOptions, io: Io): LookUp {
  if (opened.state !== 'Open') return () => Promise.resolve(opened);
  if (everything) return listAll(opened);
  return lookUpById(opened, {
    isGiven,
    notice: (text) => {
      notice(io, text);
    },
  });
}

export function closeGateway(opened: Opened): void {
  if (opened.state === 'Open') opened.close();
}
