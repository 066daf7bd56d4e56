import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range from which Linux and macOS take the ports of outgoing connections: what is free stays free. */
const range = { first: 20_000, count: 12_000 };

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return false;
  }
  await once(server.close(), 'close');
  return true;
}

/** A loopback port on which nobody listens, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = range.first + Math.floor(Math.random() * range.count);
    if (await isFree(port)) return port;
  }
}
