import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

import type { UnknownRecord } from '../../../source/core/door.ts';
import { isSecret } from '../secrets.ts';
import { answerAdmin, type Request } from './admin.ts';
import type { Answer, Flavour } from './answer.ts';
import type { Keys } from './auth.ts';
import { answerControl, type Checker, type Worker } from './control.ts';
import { replacement, send, type Failure } from './failures.ts';
import { createStore, type Item, type Store } from './store.ts';

export type ApisixOptions = Keys & {
  readonly flavour: Flavour;
  /** 0, the default: a free one. */
  readonly adminPort?: number;
  readonly controlPort?: number;
  /** etcd's revision before the first write. */
  readonly revision?: number;
  /** Seconds since the epoch. */
  readonly now?: () => number;
  /** Hears of every write, as soon as it is done. */
  readonly onWrite?: (item: Item) => void;
};

/** One request that arrived, without any key. */
type LoggedRequest = {
  readonly port: 'admin' | 'control';
  readonly method: string;
  /** With its query; the value of `api_key` is left out. */
  readonly path: string;
  /** Who asks, in the words of its `User-Agent`; empty when it does not say. */
  readonly agent: string;
  /** ms since the epoch, on arrival. */
  readonly time: number;
};

/** A stand-in for one APISIX: its admin and control API on loopback, answering as the captures do. */
export type Apisix = {
  readonly adminPort: number;
  readonly controlPort: number;
  /** `http://127.0.0.1:PORT` */
  readonly adminUrl: string;
  readonly controlUrl: string;
  readonly requests: readonly LoggedRequest[];
  readonly put: (resource: string, id: string, value: UnknownRecord) => Item;
  readonly get: (resource: string, id: string) => Item | undefined;
  readonly delete: (resource: string, id: string) => boolean;
  readonly items: (resource: string) => readonly Item[];
  /** What the worker's health checkers know from now on. */
  readonly setCheckers: (checkers: readonly Checker[]) => void;
  /** `upstreams/arr`: what the worker has sent requests through. */
  readonly setTraffic: (keys: Iterable<string>) => void;
  /** What kubernetes discovery answers from now on. */
  readonly setDump: (dump: unknown) => void;
  /** From now on the workers see nothing of what is PUT: only the admin API does. */
  readonly freezeWorkers: () => void;
  /** From the next request on; `undefined` heals. */
  readonly fail: (failure: Failure | undefined) => void;
  readonly close: () => Promise<void>;
};

async function readRequest(message: IncomingMessage): Promise<Request> {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  return {
    method: message.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: message.headers,
    body: await text(message),
  };
}

function withoutKey(path: string): string {
  return path.replace(/([?&]api_key=)[^&]*/g, '$1');
}

async function listen(listener: RequestListener, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return { server, port: address.port };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

export async function startApisix(options: ApisixOptions): Promise<Apisix> {
  const { flavour, revision = 0, now = () => Math.floor(Date.now() / 1000) } = options;
  const { adminKey, viewerKey = adminKey } = options;
  if (![adminKey, viewerKey].every(isSecret)) throw new Error('no output is searched for this key');
  const store = createStore({ flavour, revision, now, onWrite: options.onWrite });
  const requests: LoggedRequest[] = [];
  let failure: Failure | undefined;
  let worker: Worker = { checkers: [], traffic: new Set() };
  let seen: Pick<Store, 'get' | 'items'> = store;

  const own = (port: 'admin' | 'control', request: Request): Answer =>
    port === 'admin'
      ? answerAdmin({ flavour, keys: options, store, etcdDown: failure === 'etcd-down' }, request)
      : answerControl({ flavour, store: seen, worker }, request);

  const listener = (port: 'admin' | 'control'): RequestListener => {
    return (message, response) => {
      requests.push({
        port,
        method: message.method ?? '',
        path: withoutKey(message.url ?? ''),
        agent: message.headers['user-agent'] ?? '',
        time: Date.now(),
      });
      const respond = async (): Promise<void> => {
        const request = await readRequest(message);
        const answer = replacement(failure, port, flavour) ?? own(port, request);
        if (typeof failure !== 'object') send(response, answer, failure);
        else setTimeout(send, failure.slow, response, answer, undefined).unref();
      };
      respond().catch((error: unknown) => {
        // A client that went away in the middle of its request needs no answer; the rest is a bug here.
        if (message.errored === null) throw error;
      });
    };
  };

  const admin = await listen(listener('admin'), options.adminPort ?? 0);
  const control = await listen(listener('control'), options.controlPort ?? 0);
  return {
    adminPort: admin.port,
    controlPort: control.port,
    adminUrl: `http://127.0.0.1:${admin.port}`,
    controlUrl: `http://127.0.0.1:${control.port}`,
    requests,
    put: store.put,
    get: store.get,
    delete: store.delete,
    items: store.items,
    setCheckers: (checkers) => {
      worker = { ...worker, checkers };
    },
    setTraffic: (keys) => {
      worker = { ...worker, traffic: new Set(keys) };
    },
    setDump: (dump) => {
      worker = { ...worker, dump };
    },
    freezeWorkers: () => {
      seen = store.copy();
    },
    fail: (next) => {
      failure = next;
    },
    close: async () => {
      await Promise.all([close(admin.server), close(control.server)]);
    },
  };
}
