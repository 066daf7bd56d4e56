import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { execInPod } from '../../../source/sources/kubernetes/exec.ts';
import { sendStatus } from '../../helpers/api-server.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

const target = { namespace: 'gw', name: 'apisix-0', container: 'apisix' };
const command = { argv: ['sh', '-c', 'a b'], input: 'secret', maxBytes: 100 };
const never = new AbortController().signal;

const piece = (channel: number, text: string) => Buffer.concat([Buffer.of(channel), Buffer.from(text)]);
const success = piece(3, '{"status":"Success"}');
const exit22 = piece(
  3,
  '{"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":"22"}]},"message":"exit code 22"}',
);

/** What the API server sends once it has got the standard input. */
async function executing(answer: (socket: WebSocket, input: string) => void) {
  const requests: IncomingMessage[] = [];
  const { url, server } = await serve((_request, response) => {
    sendStatus(response, 403, 'Forbidden', 'pods "apisix-0" is forbidden: no pods/exec');
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    requests.push(request);
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      accepted.on('message', (message: Buffer) => {
        answer(accepted, message.toString('utf8'));
      });
    });
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  return { requests, run: async () => execInPod(await open(kubeconfigText(url)), target, command, never) };
}

test('a command runs in the container with one line of input, and its output comes back', async () => {
  const { run, requests } = await executing((socket, input) => {
    for (const message of [piece(1, 'got '), piece(2, 'talk'), piece(1, input), success])
      socket.send(message);
  });
  expect(await run()).toEqual({ stdout: 'got \u0000secret\n', stderr: 'talk', exitCode: 0 });
  expect(requests[0]?.url).toBe(
    '/api/v1/namespaces/gw/pods/apisix-0/exec?stdin=true&stdout=true&stderr=true&container=apisix&command=sh&command=-c&command=a+b',
  );
});

test('its exit code comes back', async () => {
  const { run } = await executing((socket) => {
    socket.send(exit22);
  });
  expect(await run()).toEqual({ stdout: '', stderr: '', exitCode: 22 });
});

test('what cannot be run is an error with the reason', async () => {
  const { run } = await executing((socket) => {
    socket.send(piece(3, '{"status":"Failure","message":"sh: executable file not found"}'));
  });
  await expect(run()).rejects.toThrow('cannot exec in pod gw/apisix-0: sh: executable file not found');
});

test('more output than is wanted is refused', async () => {
  const { run } = await executing((socket) => {
    socket.send(piece(1, 'x'.repeat(101)));
  });
  await expect(run()).rejects.toThrow('pod gw/apisix-0 answered with more than 100 bytes');
});

test('a connection that ends before the command does is an error', async () => {
  const { run } = await executing((socket) => {
    socket.close();
  });
  await expect(run()).rejects.toThrow('closed the connection before the command ended');
});

test("a refusal is told in the API server's words", async () => {
  const { url } = await serve((_request, response) => {
    sendStatus(response, 403, 'Forbidden', 'pods "apisix-0" is forbidden: no pods/exec');
  });
  await expect(execInPod(await open(kubeconfigText(url)), target, command, never)).rejects.toThrow(
    'cannot exec in pod gw/apisix-0: pods "apisix-0" is forbidden: no pods/exec',
  );
});
