import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { EpsError } from '../../core/error.ts';
import type { Cluster } from './connection.ts';
import { openPodSocket } from './pod-socket.ts';

/** Where to, in people's words too. */
type Target = { readonly namespace: string; readonly name: string; readonly port: number };

const dataChannel = 0;
const errorChannel = 1;
/** The first message of each channel begins with the port, in two bytes. */
const portBytes = 2;

/**
 * A connection to a pod's port through the API server: one WebSocket each. Destroy it when done: nobody notices when
 * the pod's side ends, and it keeps the process alive.
 */
export async function dialPod(
  cluster: Pick<Cluster, 'server' | 'session'>,
  target: Target,
  signal: AbortSignal,
): Promise<Duplex> {
  const { namespace, name, port } = target;
  const query = new URLSearchParams({ ports: String(port) });
  const request = { namespace, name, subresource: 'portforward', query, action: 'port-forward to' } as const;
  return streamOf(await openPodSocket(cluster, request, signal), target);
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
