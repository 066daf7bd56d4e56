import type { OutgoingHttpHeaders } from 'node:http';
import { coded, idleTimeout, type Answer, type Request } from './answer.ts';

/** In the words of Bun's fetch. */
type FetchTls = {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly serverName?: string;
  readonly rejectUnauthorized: boolean;
};

/** Bun's: it can be told whom to trust. */
export type Fetch = (url: URL, how: RequestInit & { readonly tls?: FetchTls }) => Promise<Response>;

export type FetchWith = {
  readonly fetch: Fetch;
  /** Absent for plain HTTP. */
  readonly tls?: FetchTls;
  /** Aborted when nothing that is under way is wanted any more. */
  readonly closed: AbortSignal;
};

/** fetch would join the values of a header, which are the groups of a user to impersonate. */
function withSingleValues(headers: OutgoingHttpHeaders): Readonly<Record<string, string>> | undefined {
  const single = Object.entries(headers).filter(
    (header): header is [string, string] => typeof header[1] === 'string',
  );
  return single.length === Object.keys(headers).length ? Object.fromEntries(single) : undefined;
}

/** `heard` is called whenever something comes. */
async function read(response: Response, { sinkFor }: Request['get'], heard: () => void): Promise<Answer> {
  const contentType = response.headers.get('content-type') ?? '';
  const head = { status: response.status, contentType, date: response.headers.get('date') ?? '' };
  const take = sinkFor?.(head);
  if (!take) return { ...head, body: Buffer.from(await response.arrayBuffer()) };
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const { buffer, byteOffset, byteLength } of chunks) {
    heard();
    take(Buffer.from(buffer, byteOffset, byteLength));
  }
  return { ...head, body: Buffer.alloc(0) };
}

/**
 * One GET by Bun's fetch: connecting, TLS and unpacking are done beside us, in compiled code, which takes half of its time
 * off a big list. `undefined` where it cannot ask, and where it failed, for which it has few words: ask in another way.
 * Rejects when the time is over, or nobody waits any more.
 */
export async function fetchAnswer(
  { fetch, tls, closed }: FetchWith,
  { get, headers, deadline }: Request,
): Promise<Answer | undefined> {
  const single = withSingleValues(headers);
  if (get.body !== undefined || !single) return undefined;
  const silent = new AbortController();
  const timer = setTimeout(() => {
    silent.abort(coded('ETIMEDOUT'));
  }, idleTimeout);
  const signal = AbortSignal.any([silent.signal, closed, ...(deadline ? [deadline] : [])]);
  try {
    const how = { headers: single, signal, redirect: 'manual', ...(tls && { tls }) } as const;
    return await read(await fetch(get.url, how), get, () => timer.refresh());
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
