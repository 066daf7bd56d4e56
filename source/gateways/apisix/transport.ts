import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { EpsError } from '../../core/error.ts';
import { userinfoOf } from '../../core/userinfo.ts';
import { adminApi, transportError } from './failure.ts';
import type { Answer, Bounds, Question } from './send.ts';

/** GETs to one APISIX, one at a time: a list keeps one of its workers busy. */
export type Transport = {
  /** A URL or a pod, for people. */
  readonly source: string;
  /** Rejects with an EpsError when no whole answer came. `key` is sent, and told to nobody. */
  readonly get: (path: string, key: string | undefined) => Promise<Answer>;
  /** Reads keys of an etcd: its only way to ask is a POST, of this JSON. */
  readonly range: (question: string) => Promise<Answer>;
  /** Gives up what is under way. */
  readonly close: () => void;
};

export type Limits = {
  /** ms for one whole answer. */
  readonly timeoutMs: number;
  /** Bytes of one body; 64 MiB when not given: ten times a list of 1000 upstreams of 100 nodes. */
  readonly maxBytes?: number;
  /** For people; the admin API when not given. */
  readonly api?: string;
};

/** What every request carries; aborting `signal` gives it up, connected or not. */
type Get = {
  readonly path: string;
  readonly body?: string;
  readonly headers: OutgoingHttpHeaders;
  readonly signal: AbortSignal;
};

/** The reading half of the admin API, and what is read of the control API, which also reloads plugins. */
const segment = String.raw`/(?!\.\.?(?:/|$))[^/?#]+`;
const control = 'v1/(?:upstreams?|services?|routes?|healthcheck|discovery)';
const allowed = new RegExp(`^/(?:apisix/admin(?:${segment})+|${control}(?:${segment})*)$`);

/** The reading one of etcd's methods. */
const rangePath = '/v3/kv/range';

/** What it needs is loaded with the first question: many clusters have no APISIX to ask. */
async function send(question: Question, bounds: Bounds): Promise<Answer> {
  return (await import('./send.ts')).send(question, bounds);
}

/** `http://host:9180`, with or without `/apisix/admin` at its end. */
export function urlTransport(text: string, limits: Limits): Transport {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new EpsError('invalid URL of APISIX: not an http or https URL', {
      hint: '--apisix-url http://HOST:9180',
    });
  }
  const { protocol, host } = url;
  const { username, password } = userinfoOf(url);
  const base = url.pathname.replace(/(?:\/apisix\/admin)?\/*$/, '');
  const options: RequestOptions = {
    protocol,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port,
    agent: false,
    ...(username !== '' && { auth: `${username}:${password}` }),
  };
  return openTransport(`${protocol}//${host}${base}`, limits, (get, bounds) =>
    send({ ...options, ...get, path: `${base}${get.path}` }, bounds),
  );
}

/** Through a stream of its own for each GET: a port-forward. */
export function streamTransport(
  source: string,
  limits: Limits,
  dial: (signal: AbortSignal) => Promise<Duplex>,
): Transport {
  return openTransport(source, limits, async (get, bounds) => {
    const stream = await dial(get.signal);
    // Bun's request does not hear of it when its stream fails.
    const failed = new Promise<never>((_resolve, reject) => stream.on('error', reject));
    try {
      // No `agent`: with `agent: false` Bun ignores the stream.
      const options = { ...get, host: '127.0.0.1', createConnection: () => stream };
      return await Promise.race([send(options, bounds), failed]);
    } finally {
      stream.destroy();
    }
  });
}

/** `exchange` is one GET, and everything that is about one way to APISIX. */
export function openTransport(
  source: string,
  { timeoutMs, maxBytes = 2 ** 26, api = adminApi }: Limits,
  exchange: (get: Get, bounds: Bounds) => Promise<Answer>,
): Transport {
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  async function ask(request: Omit<Get, 'signal'>): Promise<Answer> {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([deadline, closing.signal]);
    try {
      return await exchange({ ...request, signal }, { maxBytes, api });
    } catch (cause) {
      if (!deadline.aborted) throw transportError(cause, source, api);
      throw new EpsError(`${api} did not answer within ${timeoutMs / 1000}s`, { cause });
    }
  }

  function inTurn(request: Omit<Get, 'signal'>): Promise<Answer> {
    const answer = last.then(() => ask(request));
    last = answer.catch(() => undefined);
    return answer;
  }

  return {
    source,
    async get(path, key) {
      if (!allowed.test(path)) throw new EpsError(`${api} has nothing at ${path}`);
      return inTurn({ path, headers: headersOf(key) });
    },
    range: (body) => inTurn({ path: rangePath, body, headers: headersOf(undefined) }),
    close() {
      closing.abort();
    },
  };
}

function headersOf(key: string | undefined): OutgoingHttpHeaders {
  return {
    Accept: 'application/json',
    'User-Agent': 'kubectl-eps',
    ...(key !== undefined && { 'X-API-KEY': key }),
  };
}
