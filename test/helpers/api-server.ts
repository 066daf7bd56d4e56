import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Path of a certificate or key of test/fixtures/tls. */
export function tlsFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
}

export type RunningServer = {
  readonly port: number;
  readonly server: Server;
  /** How many connections it has taken so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

/** On a free port of loopback, until it is closed. */
async function listen(server: Server): Promise<RunningServer> {
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return {
    port: address.port,
    server,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A real HTTPS server with the test CA's certificate; it asks for client certificates and goes on without. */
export function httpsServer(listener: RequestListener, certificate = 'server.crt'): Promise<RunningServer> {
  const tls = {
    key: readFileSync(tlsFile('server.key')),
    cert: readFileSync(tlsFile(certificate)),
    ca: readFileSync(tlsFile('ca.crt')),
    requestCert: true,
    rejectUnauthorized: false,
  };
  return listen(createHttpsServer(tls, listener));
}

export function httpServer(listener: RequestListener): Promise<RunningServer> {
  return listen(createHttpServer(listener));
}

/** A proxy that knows CONNECT only, and leads every tunnel to `port`; `tunnels` are the hosts asked for. */
export async function proxyServer(
  port: number,
): Promise<RunningServer & { readonly tunnels: readonly string[] }> {
  const tunnels: string[] = [];
  const server = createHttpServer();
  server.on('connect', (request: IncomingMessage, client) => {
    tunnels.push(request.url ?? '');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  return { ...(await listen(server)), tunnels };
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** A `Status` object as the API server sends it with an error. */
export function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  sendJson(
    response,
    { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
    code,
  );
}
