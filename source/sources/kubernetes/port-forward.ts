import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { WebSocket } from 'ws';
import { EpsError } from '../../core/error.ts';
import { parseJsonValues } from '../text/json.ts';
import { ApiError, apiError } from './api-error.ts';
import { connectionError } from './connection/connection-error.ts';
import type { Cluster } from './connection.ts';
import { objectPath, resources } from './paths.ts';

/** Where to, in people's words too. */
type Target = { readonly namespace: string; readonly name: string; readonly port: number };

/** Kubernetes' protocol of port-forwarding: binary messages, the first byte of each its channel. */
const protocol = 'v4.channel.k8s.io';
const dataChannel = 0;
const errorChannel = 1;
/** The first message of each channel begins with the port, in two bytes. */
const portBytes = 2;

/**
 * A connection to a pod's port through the API server: one WebSocket each, with the session's own TLS, proxy and
 * credentials. Destroy it when done: nobody notices when the pod's side ends, and it keeps the process alive.
 */
export async function dialPod(
  cluster: Pick<Cluster, 'server' | 'session'>,
  target: Target,
  signal: AbortSignal,
): Promise<Duplex> {
  const path = `${objectPath(resources.pods, target.namespace, target.name)}/portforward?ports=${target.port}`;
  const { WebSocket } = await import('ws');
  const session = await cluster.session();
  signal.throwIfAborted();
  const socket = new WebSocket(cluster.server.replace(/^http/, 'ws') + path, protocol, {
    ...session,
    perMessageDeflate: false,
  });
  signal.addEventListener('abort', () => {
    socket.terminate();
  });
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      reject(dialError(cause, cluster, target));
    };
    socket.on('unexpected-response', (_request, response) => {
      refusalOf(response).then(fail, fail);
    });
    socket.on('error', fail);
    socket.on('open', () => {
      resolve(streamOf(socket, target));
    });
  });
}

/** The API server's answer when it does not switch protocols. */
async function refusalOf(response: IncomingMessage): Promise<ApiError> {
  const json = parseJsonValues(await text(response));
  return apiError(response.statusCode ?? 0, json.state === 'Values' ? json.values[0] : undefined);
}

function dialError(
  cause: unknown,
  { server }: Pick<Cluster, 'server'>,
  { namespace, name }: Target,
): EpsError {
  if (!(cause instanceof ApiError)) return connectionError(cause, new URL(server));
  return new EpsError(`cannot port-forward to pod ${namespace}/${name}: ${cause.serverMessage}`, { cause });
}

function streamOf(socket: WebSocket, { namespace, name, port }: Target): Duplex {
  const stream = new Duplex({
    read() {
      socket.resume();
    },
    write(chunk: Buffer, _encoding, done) {
      socket.send(Buffer.concat([Buffer.of(dataChannel), chunk]), done);
    },
    destroy(error, done) {
      socket.terminate();
      done(error);
    },
  });
  // Until somebody reads, who then listens for errors too.
  socket.pause();
  const begun = new Set<number>();
  socket.on('message', (message: Buffer) => {
    const channel = message.readUInt8(0);
    const payload = message.subarray(begun.has(channel) ? 1 : 1 + portBytes);
    begun.add(channel);
    if (payload.length === 0) return;
    if (channel === errorChannel) {
      const reason = payload.toString('utf8').trim();
      stream.destroy(new EpsError(`cannot connect to port ${port} of pod ${namespace}/${name}: ${reason}`));
    } else if (!stream.push(payload)) socket.pause();
  });
  socket.on('error', (cause) => stream.destroy(cause));
  socket.on('close', () => stream.push(null));
  return stream;
}
