import { EpsError } from '../../core/error.ts';
import { describeHtml } from '../text/html.ts';
import { parseJsonValues } from '../text/json.ts';
import { apiError } from './api-error.ts';
import { clusterConfig } from './connection/cluster-config.ts';
import { connectionError } from './connection/connection-error.ts';
import { firstOf } from './connection/first-of.ts';
import type { ClusterFlags } from './connection/flags.ts';
import type { Environment } from './connection/proxy.ts';
import { send } from './connection/request.ts';
import type { Answer } from './connection/request.ts';
import { openSession } from './connection/session.ts';
import type { Session } from './connection/session.ts';
import { keepSessions } from './connection/sessions.ts';
import { parseRequestTimeout } from './connection/timeout.ts';

/** A cluster's API server, for reading only. */
export type Cluster = {
  /** Its URL, without a slash at the end. */
  readonly server: string;
  /** Of the flag, else of the context, else `default`. */
  readonly namespace: string;
  /** Empty when no context is in use. */
  readonly contextName: string;
  /** The JSON of a 2xx answer; anything else is thrown, an answer of the server as ApiError. */
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<unknown>;
  /** What a connection of another protocol than GET needs: the same TLS, proxy and credentials. */
  readonly session: () => Promise<Session>;
  /** Closes the connections: without it they keep the process alive. */
  readonly close: () => void;
};

/** Reads the kubeconfig and gets credentials; asks the server nothing yet. */
export async function openCluster(flags: ClusterFlags, env: Environment): Promise<Cluster> {
  const timeout = parseRequestTimeout(firstOf(flags.requestTimeout, '0'));
  const config = clusterConfig(flags, env);
  const server = config.server.href.replace(/\/$/, '');
  const isCompressed = config.cluster['disable-compression'] !== true;
  const isRenewable = ['exec', 'auth-provider', 'tokenFile'].some((way) => config.user[way] !== undefined);
  const sessions = keepSessions(() => openSession(config, env));
  await sessions.current();

  async function ask(url: URL, session: Session): Promise<Answer> {
    try {
      return await send(session, { url, isCompressed, timeout });
    } catch (cause) {
      throw connectionError(cause, config.server);
    }
  }

  return {
    server,
    namespace: config.namespace,
    contextName: config.contextName,
    async get(path, query = {}) {
      const url = new URL(server + path);
      url.search = new URLSearchParams(query).toString();
      const session = sessions.current();
      const answer = await ask(url, await session);
      if (answer.status !== 401 || !isRenewable) return parseAnswer(answer, url);
      // The credentials ran out while we held them.
      return parseAnswer(await ask(url, await sessions.renew(session)), url);
    },
    session: sessions.current,
    close: sessions.close,
  };
}

function parseAnswer({ status, text }: Answer, url: URL): unknown {
  const json = parseJsonValues(text);
  const body = json.state === 'Values' ? json.values[0] : undefined;
  if (status < 200 || status > 299) throw apiError(status, body);
  if (body !== undefined) return body;
  const html = describeHtml(text);
  if (html !== undefined) {
    throw new EpsError(`${url.host} answered with HTML, not JSON: ${html}`, {
      hint: 'check the address of the server: kubectl config view --minify',
    });
  }
  const problem = json.state === 'CutOff' ? 'it is cut off' : 'it is no JSON';
  throw new EpsError(`cannot read the answer of ${url.host} to GET ${url.pathname}: ${problem}`);
}
