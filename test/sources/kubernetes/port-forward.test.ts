import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { dialPod } from '../../../source/sources/kubernetes/port-forward.ts';
import { proxyServer, sendStatus } from '../../helpers/api-server.ts';
import { open, serve, untilEnd } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

const target = { namespace: 'ingress-apisix', name: 'apisix-0', port: 9180 };
const never = new AbortController().signal;
const port = Buffer.alloc(2);
port.writeUInt16LE(target.port);

/** What the API server does with a port-forward, each message with its channel's byte in front. */
async function forwarding(handle: (socket: WebSocket, request: IncomingMessage) => void) {
  const { url, server, ...running } = await serve((_request, response) => {
    sendStatus(response, 403, 'Forbidden', 'pods "apisix-0" is forbidden: no pods/portforward');
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      accepted.send(Buffer.concat([Buffer.of(0), port]));
      accepted.send(Buffer.concat([Buffer.of(1), port]));
      handle(accepted, request);
    });
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  return { url, sockets, ...running };
}

/** Says in capitals what it is told. */
function shout(socket: WebSocket): void {
  socket.on('message', (message: Buffer) => {
    socket.send(
      Buffer.concat([message.subarray(0, 1), Buffer.from(message.toString('utf8', 1).toUpperCase())]),
    );
  });
}

test('bytes travel both ways on the data channel, without the announcement of the port', async () => {
  const { url, sockets } = await forwarding(shout);
  const stream = await dialPod(await open(kubeconfigText(url)), target, never);
  stream.write('hello');
  const answer = await new Promise((resolve) => stream.once('data', resolve));
  expect(answer).toEqual(Buffer.from('HELLO'));
  stream.destroy();
  await vi.waitUntil(() => sockets.clients.size === 0);
});

test('the request carries the credentials and names the port, through the proxy of the cluster', async () => {
  const seen: IncomingMessage[] = [];
  const running = await forwarding((socket, request) => {
    seen.push(request);
    socket.close();
  });
  const proxy = await untilEnd(proxyServer(running.port));
  const kubeconfig = kubeconfigText(
    `https://kubernetes.test:${running.port}`,
    { token: 'secret-token', as: 'dev', 'as-groups': ['a', 'b'] },
    { 'proxy-url': `http://127.0.0.1:${proxy.port}` },
  );
  const stream = await dialPod(await open(kubeconfig), target, never);
  expect(await text(stream)).toBe('');
  expect(proxy.tunnels).toEqual([`kubernetes.test:${running.port}`]);
  expect(seen[0]?.url).toBe('/api/v1/namespaces/ingress-apisix/pods/apisix-0/portforward?ports=9180');
  expect(seen[0]?.headers).toMatchObject({
    authorization: 'Bearer secret-token',
    'impersonate-user': 'dev',
    'impersonate-group': 'a, b',
    'sec-websocket-protocol': 'v4.channel.k8s.io',
  });
});

test("what the pod's side says on the error channel ends the stream", async () => {
  const { url } = await forwarding((socket) => {
    socket.send(Buffer.concat([Buffer.of(1), Buffer.from('dial tcp 127.0.0.1:9180: connection refused\n')]));
  });
  const stream = await dialPod(await open(kubeconfigText(url)), target, never);
  await expect(text(stream)).rejects.toThrow(
    'cannot connect to port 9180 of pod ingress-apisix/apisix-0: dial tcp 127.0.0.1:9180: connection refused',
  );
});

test('more than fits is waited for, not lost', async () => {
  const piece = Buffer.alloc(1_000_001, 'x');
  piece.writeUInt8(0);
  const { url } = await forwarding((socket) => {
    for (let count = 0; count < 8; count++) socket.send(piece);
    socket.close();
  });
  const stream = await dialPod(await open(kubeconfigText(url)), target, never);
  expect(await text(stream)).toHaveLength(8_000_000);
});

test("a refusal is told in the API server's words", async () => {
  const { url } = await serve((_request, response) => {
    sendStatus(response, 403, 'Forbidden', 'pods "apisix-0" is forbidden: no pods/portforward');
  });
  const cluster = await open(kubeconfigText(url));
  await expect(dialPod(cluster, target, never)).rejects.toThrow(
    'cannot port-forward to pod ingress-apisix/apisix-0: pods "apisix-0" is forbidden: no pods/portforward',
  );
});

test('a server that is not there is told as by kubectl', async () => {
  const { url, close } = await serve(() => undefined);
  const cluster = await open(kubeconfigText(url));
  await close();
  await expect(dialPod(cluster, target, never)).rejects.toThrow(
    'was refused - did you specify the right host',
  );
});

test('aborting gives up a server that does not answer', async () => {
  const { url, connections } = await serve(() => undefined);
  const stop = new AbortController();
  const dialling = expect(dialPod(await open(kubeconfigText(url)), target, stop.signal)).rejects.toThrow();
  await vi.waitUntil(() => connections() === 1);
  stop.abort();
  await dialling;
});
