import type { Agent, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import { asRecord, optional } from '../../../core/door.ts';
import type { ClusterConfig } from './cluster-config.ts';
import { directOptions } from './direct.ts';
import { impersonationHeaders } from './impersonation.ts';
import { proxyFor } from './proxy.ts';
import type { Environment } from './proxy.ts';

/** What every request carries: one keep-alive agent (TLS, client certificate, proxy) and who asks. */
export type Session = {
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  /** `user:password` for basic authentication. */
  readonly auth?: string;
};

/** client-node is loaded where only it knows the way: it takes as long to load as to read a small Service. */
async function optionsOf(config: ClusterConfig, env: Environment): Promise<RequestOptions> {
  const { user, cluster, server } = config;
  const ways = [user['exec'], user['auth-provider'], cluster['proxy-url'], proxyFor(server, env)];
  if (ways.every((way) => way === undefined)) return directOptions(config);
  return (await import('./client-node.ts')).clientNodeOptions(config, env);
}

export async function openSession(config: ClusterConfig, env: Environment): Promise<Session> {
  const options = await optionsOf(config, env);
  return {
    // The agent was made for one request; ours stays for all.
    agent: Object.assign(options.agent as Agent, { keepAlive: true }),
    headers: { ...asRecord(options.headers), ...impersonationHeaders(config.user) } as OutgoingHttpHeaders,
    ...optional('auth', options.auth ?? ''),
  };
}
