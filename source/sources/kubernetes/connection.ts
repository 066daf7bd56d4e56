import { clusterConfig, type ClusterConfig } from './connection/cluster-config.ts';
import { connectionError } from './connection/connection-error.ts';
import { firstOf } from './connection/first-of.ts';
import type { ClusterFlags } from './connection/flags.ts';
import type { Environment } from './connection/proxy.ts';
import { parseAnswer, succeeded } from './connection/parse-answer.ts';
import { send, type Answer, type Get } from './connection/request.ts';
import { openSession } from './connection/session.ts';
import type { Session } from './connection/session.ts';
import { keepSessions, type Sessions } from './connection/sessions.ts';
import { parseRequestTimeout } from './connection/timeout.ts';
import { protobufType } from './protobuf/decode.ts';
import type { Message } from './protobuf/message.ts';

type Query = Readonly<Record<string, string>>;

type Request = Pick<Get, 'url' | 'accept' | 'body'>;

const jsonType = 'application/json';

/** A cluster's API server, for reading only. */
export type Cluster = {
  /** Its URL, without a slash at the end. */
  readonly server: string;
  /** Of the flag, else of the context, else `default`. */
  readonly namespace: string;
  /** Empty when no context is in use. */
  readonly contextName: string;
  /**
   * The JSON of a 2xx answer; anything else is thrown, an answer of the server as ApiError. With a `message` it may
   * come as protobuf, and has what the message names.
   */
  readonly get: (path: string, query?: Query, message?: Message) => Promise<unknown>;
  /** A 2xx answer as it came: a log is no JSON. */
  readonly answer: (path: string, query?: Query) => Promise<Answer>;
  /** Whether the user may do something: the answer to a SelfSubjectAccessReview, which no cluster keeps. */
  readonly review: (resourceAttributes: Readonly<Record<string, string>>) => Promise<unknown>;
  /** What a connection of another protocol than GET needs: the same TLS, proxy and credentials. */
  readonly session: () => Promise<Session>;
  /** Closes the connections: without it they keep the process alive. */
  readonly close: () => void;
};

const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Asks with credentials that are renewed when they run out: what is resolved has any status. */
function asker({ server, user, cluster }: ClusterConfig, sessions: Sessions, timeout: number) {
  const isCompressed = cluster['disable-compression'] !== true;
  const isRenewable = ['exec', 'auth-provider', 'tokenFile'].some((way) => user[way] !== undefined);

  async function ask(session: Session, request: Request): Promise<Answer> {
    try {
      return await send(session, { isCompressed, timeout, ...request });
    } catch (cause) {
      throw connectionError(cause, server);
    }
  }

  return async (request: Request): Promise<Answer> => {
    const session = sessions.current();
    const answer = await ask(await session, request);
    if (answer.status !== 401 || !isRenewable) return answer;
    // The credentials ran out while we held them.
    return ask(await sessions.renew(session), request);
  };
}

/** Reads the kubeconfig and gets credentials; asks the server nothing yet. */
export async function openCluster(flags: ClusterFlags, env: Environment): Promise<Cluster> {
  const timeout = parseRequestTimeout(firstOf(flags.requestTimeout, '0'));
  const config = clusterConfig(flags, env);
  const server = config.server.href.replace(/\/$/, '');
  const sessions = keepSessions(() => openSession(config, env));
  await sessions.current();
  const ask = asker(config, sessions, timeout);

  function urlOf(path: string, query: Query = {}): URL {
    const url = new URL(server + path);
    url.search = new URLSearchParams(query).toString();
    return url;
  }

  return {
    server,
    namespace: config.namespace,
    contextName: config.contextName,
    async get(path, query, message) {
      const url = urlOf(path, query);
      const accept = message ? `${protobufType}, ${jsonType}` : jsonType;
      return parseAnswer(await ask({ url, accept }), url, message);
    },
    async answer(path, query) {
      return succeeded(await ask({ url: urlOf(path, query), accept: jsonType }));
    },
    async review(resourceAttributes) {
      const url = urlOf(reviews);
      const kind = 'SelfSubjectAccessReview';
      const body = { apiVersion: 'authorization.k8s.io/v1', kind, spec: { resourceAttributes } };
      return parseAnswer(await ask({ url, accept: jsonType, body: JSON.stringify(body) }), url);
    },
    session: sessions.current,
    close: sessions.close,
  };
}
