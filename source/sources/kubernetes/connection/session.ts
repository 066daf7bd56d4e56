import type { Agent, OutgoingHttpHeaders } from 'node:http';
import { asRecord } from '../../../core/door.ts';
import type { ClusterConfig } from './cluster-config.ts';
import { basicAuthorization, directSession } from './direct.ts';
import type { Fetch, FetchWith } from './fetch-answer.ts';
import { impersonationHeaders } from './impersonation.ts';
import { proxyFor } from './proxy.ts';
import type { Environment } from './proxy.ts';

/** What every request carries: who asks, and one way for all of them. */
export type Session = {
  readonly headers: OutgoingHttpHeaders;
  /** One that keeps connections alive (TLS, client certificate, proxy); made when it is first wanted. */
  readonly agent: () => Promise<Agent>;
  /** The shorter way, where there is one. */
  readonly fetchWith?: FetchWith;
  /** Gives up what is under way. */
  readonly close: () => void;
};

/** client-node is loaded where only it knows the way: it takes as long to load as to read a small Service. */
async function sessionOf(
  config: ClusterConfig,
  env: Environment,
  fetch: Fetch | undefined,
): Promise<Session> {
  const { user, cluster, server } = config;
  const proxy = await proxyFor(server, env);
  const ways = [user['exec'], user['auth-provider'], cluster['proxy-url'], proxy];
  if (ways.every((way) => way === undefined)) return directSession(config, env, fetch);
  const { clientNodeOptions } = await import('./client-node.ts');
  const options = await clientNodeOptions(config, proxy);
  // The agent was made for one request; ours stays for all.
  const agent = Object.assign(options.agent as Agent, { keepAlive: true });
  return {
    headers: {
      ...(asRecord(options.headers) as OutgoingHttpHeaders),
      ...(typeof options.auth === 'string' && basicAuthorization(options.auth)),
    },
    agent: () => Promise.resolve(agent),
    close: () => {
      agent.destroy();
    },
  };
}

export async function openSession(
  config: ClusterConfig,
  env: Environment,
  fetch: Fetch | undefined,
): Promise<Session> {
  const impersonation = impersonationHeaders(config.user);
  const session = await sessionOf(config, env, fetch);
  return { ...session, headers: { ...session.headers, ...impersonation } };
}
