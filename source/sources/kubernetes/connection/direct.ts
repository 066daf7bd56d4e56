import { readFileSync } from 'node:fs';
import type { Agent, OutgoingHttpHeaders } from 'node:http';
import type { AgentOptions } from 'node:https';
import { asText, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import type { ClusterConfig } from './cluster-config.ts';
import { credentialError } from './credential-error.ts';
import type { Fetch, FetchWith } from './fetch-answer.ts';
import { namesProxy, type Environment } from './proxy.ts';
import type { Session } from './session.ts';

/** What is trusted and shown in a TLS handshake, as Node's options have it. */
type Tls = {
  readonly rejectUnauthorized: boolean;
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly servername?: string;
};

/** What a kubeconfig says outright, by certificates, a token or a password: nobody else is to be asked. */
export function directSession(config: ClusterConfig, env: Environment, fetch: Fetch | undefined): Session {
  const tls = config.server.protocol === 'https:' ? tlsOf(config) : undefined;
  const closing = new AbortController();
  let agent: Promise<Agent> | undefined;
  return {
    headers: authorizationOf(config.user),
    agent: () => (agent ??= agentOf(config, tls)),
    ...(fetch && mayFetch(tls, env) && { fetchWith: { fetch, closed: closing.signal, ...fetchTls(tls) } }),
    close: () => {
      closing.abort();
      void agent?.then((made) => {
        made.destroy();
      });
    },
  };
}

/** Only node:https knows the roots of the system, and is led by kubectl's rules through a proxy. */
function mayFetch(tls: Tls | undefined, env: Environment): boolean {
  const isTold = tls === undefined || tls.ca !== undefined || !tls.rejectUnauthorized;
  return isTold && !namesProxy(env);
}

function fetchTls(tls: Tls | undefined): Pick<FetchWith, 'tls'> {
  if (!tls) return {};
  const { servername, ...others } = tls;
  return { tls: { ...others, ...optional('serverName', servername) } };
}

async function agentOf(config: ClusterConfig, tls: Tls | undefined): Promise<Agent> {
  const keepAlive = true;
  if (!tls) return new (await import('node:http')).Agent({ keepAlive });
  const { Agent: HttpsAgent } = await import('node:https');
  return new HttpsAgent({ keepAlive, ...(await trusted(config)), ...tls });
}

/** `user:password` as a header has them. */
export function basicAuthorization(auth: string): OutgoingHttpHeaders {
  return { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
}

function authorizationOf(user: UnknownRecord): OutgoingHttpHeaders {
  const token = tokenOf(user);
  if (token !== '') return { Authorization: `Bearer ${token}` };
  const username = asText(user['username']);
  return username === '' ? {} : basicAuthorization(`${username}:${asText(user['password'])}`);
}

function tlsOf({ cluster, user }: ClusterConfig): Tls {
  return {
    // Said outright: else the variable NODE_TLS_REJECT_UNAUTHORIZED could switch it off.
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
    ...optional('ca', contentOf(cluster, 'certificate-authority')),
    ...optional('cert', contentOf(user, 'client-certificate')),
    ...optional('key', contentOf(user, 'client-key')),
    ...optional('servername', asText(cluster['tls-server-name'])),
  };
}

/** A file, or the same inline in base64. */
function contentOf(entry: UnknownRecord, member: string): Buffer | undefined {
  const data = asText(entry[`${member}-data`]);
  if (data !== '') return Buffer.from(data, 'base64');
  const file = asText(entry[member]);
  return file === '' ? undefined : readCredential(file);
}

/** Empty where there is none. */
export function tokenOf(user: UnknownRecord): string {
  const file = asText(user['tokenFile']);
  return file === '' ? asText(user['token']) : readCredential(file).toString('utf8').trim();
}

function readCredential(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw credentialError(cause, {});
  }
}

/** Without a CA of its own the cluster is trusted as any web server: by the system's roots too, as Go programs do. */
export async function trusted({ cluster, server }: ClusterConfig): Promise<Pick<AgentOptions, 'ca'>> {
  const hasAuthority = cluster['certificate-authority'] ?? cluster['certificate-authority-data'];
  if (server.protocol === 'http:' || hasAuthority) return {};
  const { default: tls } = await import('node:tls');
  return { ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')] };
}
