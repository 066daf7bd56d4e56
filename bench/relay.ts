import { readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Client } from '../test/cluster/plane/client.ts';

export type Relay = {
  /** The administrator's, but for the server's address. */
  readonly kubeconfig: string;
  /** Bytes that the server has sent since the last time, TLS among them. */
  readonly received: () => number;
  readonly close: () => void;
};

/** Hands everything on to the API server, and counts what comes back. */
export async function openRelay({ dir, server, kubeconfig }: Client): Promise<Relay> {
  const { hostname, port } = new URL(server);
  let bytes = 0;
  const relay = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    upstream.on('data', (chunk: Buffer) => (bytes += chunk.length));
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const file = path.join(dir, 'relayed-kubeconfig');
  const own = `https://127.0.0.1:${(relay.address() as AddressInfo).port}`;
  writeFileSync(file, readFileSync(kubeconfig, 'utf8').replace(server, own));
  return {
    kubeconfig: file,
    received: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: () => relay.close(),
  };
}
