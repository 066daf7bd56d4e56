import type { WebSocket } from 'ws';
import { asArray, asRecord, asText } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import { parseJsonValues } from '../text/json.ts';
import type { Cluster } from './connection.ts';
import { openPodSocket } from './pod-socket.ts';

export type ExecTarget = {
  readonly namespace: string;
  readonly name: string;
  /** The pod's own default when not given. */
  readonly container?: string;
};

export type Command = {
  readonly argv: readonly string[];
  /** One line for its standard input: what stands in `argv` ends in the audit log. */
  readonly input: string;
  /** Of its output. */
  readonly maxBytes: number;
};

export type Executed = { readonly stdout: string; readonly stderr: string; readonly exitCode: number };

const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3 };

/** Runs a command in a pod, as `kubectl exec -i`. */
export async function execInPod(
  cluster: Pick<Cluster, 'server' | 'session'>,
  target: ExecTarget,
  command: Command,
  signal: AbortSignal,
): Promise<Executed> {
  const { namespace, name, container } = target;
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: 'true' });
  if (container !== undefined) query.set('container', container);
  for (const word of command.argv) query.append('command', word);
  const request = { namespace, name, subresource: 'exec', query, action: 'exec in' } as const;
  const socket = await openPodSocket(cluster, request, signal);
  try {
    return await outcomeOf(socket, command, `pod ${namespace}/${name}`);
  } finally {
    socket.terminate();
  }
}

function outcomeOf(socket: WebSocket, { input, maxBytes }: Command, where: string): Promise<Executed> {
  const pieces: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  let bytes = 0;
  return new Promise((resolve, reject) => {
    socket.on('message', (message: Buffer) => {
      const channel = message.readUInt8(0);
      const payload = message.subarray(1);
      if (channel !== channels.status) bytes += payload.length;
      if (bytes > maxBytes) reject(new EpsError(`${where} answered with more than ${maxBytes} bytes`));
      else if (channel === channels.stdout) pieces.stdout.push(payload);
      else if (channel === channels.stderr) pieces.stderr.push(payload);
      else if (channel === channels.status) {
        const textOf = (some: readonly Buffer[]) => Buffer.concat(some).toString('utf8');
        const { stdout, stderr } = pieces;
        const exitCode = exitCodeOf(payload.toString('utf8'), where, reject);
        resolve({ stdout: textOf(stdout), stderr: textOf(stderr), exitCode });
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new EpsError(`${where} closed the connection before the command ended`));
    });
    socket.resume();
    socket.send(Buffer.concat([Buffer.of(channels.stdin), Buffer.from(`${input}\n`)]));
  });
}

/** The last message is a Status: a success, an exit code, or why there was no command to run. */
function exitCodeOf(status: string, where: string, fail: (error: EpsError) => void): number {
  const json = parseJsonValues(status);
  const { status: verdict, message, details } = asRecord(json.state === 'Values' ? json.values[0] : {});
  const causes = asArray(asRecord(details)['causes']).map(asRecord);
  const code = causes.find(({ reason }) => reason === 'ExitCode');
  if (verdict !== 'Success' && !code) fail(new EpsError(`cannot exec in ${where}: ${asText(message)}`));
  return code ? Number(asText(code['message'])) : 0;
}
