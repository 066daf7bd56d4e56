import { buffer } from 'node:stream/consumers';
import { unmeasured, type Span } from '../../core/spans.ts';
import { askForList } from './connection/ask-for-list.ts';
import { clusterConfig } from './connection/cluster-config.ts';
import { firstOf } from './connection/first-of.ts';
import type { Fetch } from './connection/fetch-answer.ts';
import type { ClusterFlags } from './connection/flags.ts';
import type { Environment } from './connection/proxy.ts';
import { jsonType, parseAnswer, refusal, succeeded } from './connection/parse-answer.ts';
import type { Answer } from './connection/answer.ts';
import type { Stream, Streaming } from './connection/node-request.ts';
import { requester } from './connection/requester.ts';
import { openSession } from './connection/session.ts';
import type { Session } from './connection/session.ts';
import { keepSessions } from './connection/sessions.ts';
import { parseRequestTimeout } from './connection/timeout.ts';
import type { Kind } from './kinds.ts';
import type { Listing } from './listing.ts';

type Query = Readonly<Record<string, string>>;

/** A cluster's API server, for reading only. */
export type Cluster = {
  /** Its URL, without a slash at the end. */
  readonly server: string;
  /** Of the flag, else of the context, else `default`. */
  readonly namespace: string;
  /** Empty when no context is in use. */
  readonly contextName: string;
  /** The JSON of a 2xx answer; anything else is thrown, an answer of the server as ApiError. */
  readonly get: (path: string, query?: Query) => Promise<unknown>;
  /** A list, whose items are read as they come. */
  readonly list: <Item>(path: string, query: Query, kind: Kind<Item>) => Promise<Listing<Item>>;
  /** A 2xx answer as it came: a log is no JSON. */
  readonly answer: (path: string, query?: Query) => Promise<Answer>;
  /** A 200 answer that goes on, until `signal` is aborted; anything else is thrown. */
  readonly stream: (path: string, query: Query, how: Omit<Streaming, 'url'>) => Promise<Stream>;
  /** Whether the user may do something: the answer to a SelfSubjectAccessReview, which no cluster keeps. */
  readonly review: (resourceAttributes: Readonly<Record<string, string>>) => Promise<unknown>;
  /** What a connection of another protocol than GET needs: the same TLS, proxy and credentials. */
  readonly session: () => Promise<Session>;
  /** Closes the connections: without it they keep the process alive. */
  readonly close: () => void;
};

const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

function urlOn(server: string, path: string, query: Query): URL {
  const url = new URL(server + path);
  url.search = new URLSearchParams(query).toString();
  return url;
}

function reviewOf(resourceAttributes: Readonly<Record<string, string>>): string {
  const kind = 'SelfSubjectAccessReview';
  return JSON.stringify({ apiVersion: 'authorization.k8s.io/v1', kind, spec: { resourceAttributes } });
}

/** Reads the kubeconfig and gets credentials; asks the server nothing yet. */
export async function openCluster(
  flags: ClusterFlags,
  env: Environment,
  { span = unmeasured, fetch }: { readonly span?: Span; readonly fetch?: Fetch } = {},
): Promise<Cluster> {
  const timeout = parseRequestTimeout(firstOf(flags.requestTimeout, '0'));
  const config = clusterConfig(flags, env);
  const server = config.server.href.replace(/\/$/, '');
  const sessions = keepSessions(() => openSession(config, env, fetch));
  await span('connect', sessions.current);
  const { ask, open } = requester(config, sessions, timeout);
  const urlOf = (path: string, query: Query = {}) => urlOn(server, path, query);

  return {
    server,
    namespace: config.namespace,
    contextName: config.contextName,
    get: (path, query) =>
      span(`get ${path}`, async () => {
        const url = urlOf(path, query);
        return parseAnswer(await ask({ url, accept: jsonType }), url);
      }),
    list: (path, query, kind) =>
      span(`list ${path}`, () => askForList({ ask, span }, urlOf(path, query), kind)),
    async answer(path, query) {
      return succeeded(await ask({ url: urlOf(path, query), accept: jsonType }));
    },
    async stream(path, query, { accept, signal }) {
      const stream = await open({ url: urlOf(path, query), accept, signal });
      if (stream.status === 200) return stream;
      throw refusal({ ...stream, body: await buffer(stream.body) });
    },
    async review(resourceAttributes) {
      const url = urlOf(reviews);
      const body = reviewOf(resourceAttributes);
      return parseAnswer(await ask({ url, accept: jsonType, body }), url);
    },
    session: sessions.current,
    close: sessions.close,
  };
}
