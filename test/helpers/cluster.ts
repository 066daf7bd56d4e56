import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { openCluster } from '../../source/sources/kubernetes/connection.ts';
import type { Cluster } from '../../source/sources/kubernetes/connection.ts';
import type { ClusterFlags } from '../../source/sources/kubernetes/connection/flags.ts';
import { httpsServer, sendJson } from './api-server.ts';
import type { RunningServer } from './api-server.ts';
import { temporaryFolder, type Folder } from './temporary.ts';

let ofTest: Folder | undefined;

/** Where the kubeconfigs of one test and what they name lie, removed after it. */
export function folder(): Folder {
  if (ofTest) return ofTest;
  const made = temporaryFolder();
  ofTest = made;
  onTestFinished(() => {
    made.remove();
    ofTest = undefined;
  });
  return made;
}

/** A cluster as the kubeconfig's user sees it, closed after the test. */
export async function open(
  kubeconfig: string,
  flags: ClusterFlags = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const cluster = await openCluster({ kubeconfig: folder().write('config', kubeconfig), ...flags }, env);
  onTestFinished(cluster.close);
  return cluster;
}

/** Closes a server after the test. */
export async function untilEnd<Running extends RunningServer>(starting: Promise<Running>): Promise<Running> {
  const running = await starting;
  onTestFinished(running.close);
  return running;
}

export async function serve(
  listener: RequestListener,
  certificate?: string,
): Promise<RunningServer & { readonly url: string }> {
  const running = await untilEnd(httpsServer(listener, certificate));
  return { ...running, url: `https://127.0.0.1:${running.port}` };
}

/** Answers with what it was asked: path, headers and the name in the client's certificate. */
export const mirror: RequestListener = (request, response) => {
  const { url, headers, socket } = request;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  sendJson(response, { url, headers, client: certificate?.subject });
};

type Mirrored = {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly client?: string;
};

export async function mirrored(cluster: Cluster): Promise<Mirrored> {
  return (await cluster.get('/version')) as Mirrored;
}
