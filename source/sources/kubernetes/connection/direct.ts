import { readFileSync } from 'node:fs';
import http from 'node:http';
import https, { type RequestOptions } from 'node:https';
import tls from 'node:tls';
import { asText, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import type { ClusterConfig } from './cluster-config.ts';
import { credentialError } from './credential-error.ts';

/** What a kubeconfig says outright, by certificates, a token or a password: nobody else is to be asked. */
export function directOptions(config: ClusterConfig): RequestOptions {
  const { user, server } = config;
  const token = tokenOf(user);
  const username = asText(user['username']);
  return {
    agent: server.protocol === 'http:' ? new http.Agent() : new https.Agent(tlsOptions(config)),
    headers: optional('Authorization', token && `Bearer ${token}`),
    ...(username !== '' && { auth: `${username}:${asText(user['password'])}` }),
  };
}

function tlsOptions(config: ClusterConfig): https.AgentOptions {
  const { cluster, user } = config;
  return {
    // Said outright: else the variable NODE_TLS_REJECT_UNAUTHORIZED could switch it off.
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
    ...trusted(config),
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
export function trusted({ cluster, server }: ClusterConfig): Pick<https.AgentOptions, 'ca'> {
  const hasAuthority = cluster['certificate-authority'] ?? cluster['certificate-authority-data'];
  if (server.protocol === 'http:' || hasAuthority) return {};
  return { ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')] };
}
