import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { WebSocket } from 'ws';
import { EpsError } from '../../core/error.ts';
import { parseJsonValues } from '../text/json.ts';
import { ApiError, apiError } from './api-error.ts';
import { connectionError } from './connection/connection-error.ts';
import type { Cluster } from './connection.ts';
import { kinds } from './kinds.ts';
import { objectPath } from './paths.ts';

/** What is wanted of a pod: `portforward` or `exec` with its query, and in people's words. */
export type PodRequest = {
  readonly namespace: string;
  readonly name: string;
  readonly subresource: 'portforward' | 'exec';
  readonly query: URLSearchParams;
  /** `port-forward to`, `exec in`. */
  readonly action: string;
};

/** Kubernetes' protocol of streams over one WebSocket: binary messages, the first byte of each its channel. */
const protocol = 'v4.channel.k8s.io';

/**
 * A WebSocket to a pod through the API server, with the session's own TLS, proxy and credentials. Terminate it when
 * done: it keeps the process alive. Nothing is lost before the first listener.
 */
export async function openPodSocket(
  cluster: Pick<Cluster, 'server' | 'session'>,
  request: PodRequest,
  signal: AbortSignal,
): Promise<WebSocket> {
  const { namespace, name, subresource, query } = request;
  const path = `${objectPath(kinds.pods, namespace, name)}/${subresource}?${query.toString()}`;
  const { WebSocket } = await import('ws');
  const { headers, agent: openAgent } = await cluster.session();
  const agent = await openAgent();
  signal.throwIfAborted();
  const socket = new WebSocket(cluster.server.replace(/^http/, 'ws') + path, protocol, {
    agent,
    headers,
    perMessageDeflate: false,
  });
  signal.addEventListener('abort', () => {
    socket.terminate();
  });
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      reject(socketError(cause, cluster, request));
    };
    socket.on('unexpected-response', (_request, response) => {
      refusalOf(response).then(fail, fail);
    });
    socket.on('error', fail);
    socket.on('open', () => {
      socket.pause();
      resolve(socket);
    });
  });
}

/** The API server's answer when it does not switch protocols. */
async function refusalOf(response: IncomingMessage): Promise<ApiError> {
  const json = parseJsonValues(await text(response));
  return apiError(response.statusCode ?? 0, json.state === 'Values' ? json.values[0] : undefined);
}

function socketError(
  cause: unknown,
  { server }: Pick<Cluster, 'server'>,
  { namespace, name, action }: PodRequest,
): EpsError {
  if (!(cause instanceof ApiError)) return connectionError(cause, new URL(server));
  return new EpsError(`cannot ${action} pod ${namespace}/${name}: ${cause.serverMessage}`, { cause });
}
