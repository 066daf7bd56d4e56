import { readFileSync } from 'node:fs';
import type { Agent, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import tls from 'node:tls';
import { asArray, asRecord, asText, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import type { ClusterConfig } from './cluster-config.ts';
import { unableToConnect } from './connection-error.ts';
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

/** client-node does all authentication: certificates, tokens, credential plugins, auth providers; and the proxies. */
export async function openSession(config: ClusterConfig, env: Environment): Promise<Session> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(JSON.stringify(kubeconfigOf(config, env)));
  // Said outright: else the variable NODE_TLS_REJECT_UNAUTHORIZED could switch it off.
  const options: RequestOptions = { rejectUnauthorized: true, ...trusted(config) };
  try {
    await kubeConfig.applyToHTTPSOptions(options);
  } catch (cause) {
    throw credentialError(cause, asRecord(config.user['exec']));
  }
  return {
    // The agent is client-node's own, made for one request each; ours stays for all.
    agent: Object.assign(options.agent as Agent, { keepAlive: true }),
    headers: { ...asRecord(options.headers), ...impersonationHeaders(config.user) } as OutgoingHttpHeaders,
    ...optional('auth', options.auth ?? ''),
  };
}

/** Without a CA of its own the cluster is trusted as any web server: by the system's roots too, as Go programs do. */
function trusted({ cluster, server }: ClusterConfig): RequestOptions {
  const hasAuthority = cluster['certificate-authority'] ?? cluster['certificate-authority-data'];
  if (server.protocol === 'http:' || hasAuthority) return {};
  return { ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')] };
}

/** The configuration as client-node reads it, its gaps filled in. */
function kubeconfigOf({ cluster, user, server }: ClusterConfig, env: Environment): unknown {
  const name = 'eps';
  const tokenFile = asText(user['tokenFile']);
  return {
    clusters: [
      {
        name,
        cluster: {
          ...optional('proxy-url', proxyFor(server, env)),
          ...cluster,
          server: server.href,
          // client-node refuses http:// otherwise; there is no TLS to verify on it.
          ...(server.protocol === 'http:' && { 'insecure-skip-tls-verify': true }),
        },
      },
    ],
    users: [
      {
        name,
        user: {
          ...user,
          ...(tokenFile !== '' && { token: readToken(tokenFile) }),
          ...(user['exec'] !== undefined && { exec: pluginOf(asRecord(user['exec']), cluster, server) }),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw credentialError(cause, {});
  }
}

/** Credential plugins are told what is wanted of them (KEP 541), which client-node leaves out. */
function pluginOf(exec: UnknownRecord, cluster: UnknownRecord, server: URL): UnknownRecord {
  const info = {
    apiVersion: exec['apiVersion'],
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec['provideClusterInfo'] === true && { cluster: { ...cluster, server: server.href } }),
    },
  };
  return {
    ...exec,
    env: [...asArray(exec['env']), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }],
  };
}

/** Why there are no credentials, in kubectl's words; client-node's own errors come from the plugin or the file system. */
function credentialError(cause: unknown, exec: UnknownRecord): EpsError {
  const { code, path } = asRecord(cause);
  const command = asText(exec['command']);
  const reason = cause instanceof Error ? cause.message.trim() : String(cause);
  if (command === '') {
    return typeof path === 'string'
      ? new EpsError(`unable to read credentials due to open ${path}: ${asText(code)}`, { cause })
      : new EpsError(`unable to read credentials: ${reason}`, { cause });
  }
  if (code === 'ENOENT') {
    const hint =
      asText(exec['installHint']).trim() || `install ${command}, the credential plugin of this context`;
    return unableToConnect(`getting credentials: exec: executable ${command} not found`, cause, hint);
  }
  return unableToConnect(`getting credentials: exec: executable ${command} failed: ${reason}`, cause);
}
