import { existsSync, readFileSync } from 'node:fs';
import { asRecord, asText } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import { userinfoOf, withoutUserinfo } from '../../../core/userinfo.ts';
import { firstOf } from './first-of.ts';
import type { ClusterFlags } from './flags.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { clusterWith, userWith } from './overrides.ts';
import type { Environment } from './proxy.ts';

/** One cluster and one user, as kubeconfig and flags together mean them. */
export type ClusterConfig = {
  /** Empty when no context is in use. */
  readonly contextName: string;
  readonly namespace: string;
  /** Without userinfo: that is in `user`. */
  readonly server: URL;
  /** In the words of a kubeconfig's `cluster`. */
  readonly cluster: UnknownRecord;
  /** In the words of a kubeconfig's `user`. */
  readonly user: UnknownRecord;
};

/** Where Kubernetes mounts a pod's own credentials. */
const serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What kubectl itself falls back to with nothing configured. */
const localServer = 'http://localhost:8080';

/** Flags win over the context's own settings, those over the defaults; in a pod without kubeconfig its service account. */
export function clusterConfig(flags: ClusterFlags, env: Environment): ClusterConfig {
  const kubeconfig = loadKubeconfig(flags.kubeconfig, env);
  const contextName = firstOf(flags.context, kubeconfig.currentContext);
  const chosen = isInCluster(kubeconfig, flags, env)
    ? inCluster(env)
    : { ...fromContext(kubeconfig, contextName, flags), contextName };
  const cluster = clusterWith(chosen.cluster, flags);
  const user = userWith(chosen.user, flags);
  const server = parseServer(firstOf(asText(cluster['server']), localServer), {
    hasTls: hasTls(cluster, user),
  });
  return {
    contextName: chosen.contextName,
    namespace: firstOf(flags.namespace, chosen.namespace, 'default'),
    server: new URL(withoutUserinfo(server.href)),
    cluster,
    user: { ...basicAuth(server), ...user },
  };
}

type Chosen = Pick<ClusterConfig, 'contextName' | 'namespace' | 'cluster' | 'user'>;

function fromContext(
  kubeconfig: Kubeconfig,
  contextName: string,
  flags: ClusterFlags,
): Omit<Chosen, 'contextName'> {
  const context = kubeconfig.contexts.get(contextName);
  if (contextName !== '' && context === undefined) {
    throw new EpsError(
      `Error in configuration: context was not found for specified context: ${contextName}`,
      { hint: 'kubectl config get-contexts', verbatim: true },
    );
  }
  const { namespace, cluster, user } = asRecord(context);
  if (flags.cluster && !kubeconfig.clusters.has(flags.cluster)) {
    throw new EpsError(`no server found for cluster "${flags.cluster}"`, {
      hint: 'kubectl config get-clusters',
    });
  }
  if (flags.user && !kubeconfig.users.has(flags.user)) {
    throw new EpsError(`auth info "${flags.user}" does not exist`, { hint: 'kubectl config get-users' });
  }
  return {
    namespace: asText(namespace),
    cluster: kubeconfig.clusters.get(firstOf(flags.cluster, asText(cluster))) ?? {},
    user: kubeconfig.users.get(firstOf(flags.user, asText(user))) ?? {},
  };
}

function isInCluster(kubeconfig: Kubeconfig, flags: ClusterFlags, env: Environment): boolean {
  if (kubeconfig.clusters.size > 0 || kubeconfig.contexts.size > 0 || flags.server) return false;
  return Boolean(env['KUBERNETES_SERVICE_HOST']) && existsSync(`${serviceAccount}/token`);
}

function inCluster(env: Environment): Chosen {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' } = env;
  return {
    contextName: '',
    namespace: readFileSync(`${serviceAccount}/namespace`, 'utf8').trim(),
    cluster: {
      server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
      'certificate-authority': `${serviceAccount}/ca.crt`,
    },
    user: { tokenFile: `${serviceAccount}/token` },
  };
}

function hasTls(cluster: UnknownRecord, user: UnknownRecord): boolean {
  const members = ['certificate-authority', 'certificate-authority-data', 'insecure-skip-tls-verify'];
  return (
    members.some((member) => Boolean(cluster[member])) ||
    Boolean(user['client-certificate']) ||
    Boolean(user['client-certificate-data'])
  );
}

/** As a kubeconfig's `user` says it, who may say another. */
function basicAuth(server: URL): UnknownRecord {
  return server.username === '' ? {} : userinfoOf(server);
}

/** A server without a scheme is plain HTTP, unless something about TLS was said. */
function parseServer(text: string, { hasTls }: { readonly hasTls: boolean }): URL {
  const url = text.includes('://') ? text : `${hasTls ? 'https' : 'http'}://${text}`;
  const server = URL.parse(url);
  if (server === null || !['https:', 'http:'].includes(server.protocol)) {
    throw new EpsError(`invalid server "${withoutUserinfo(text)}": not an http or https URL`, {
      hint: '--server https://HOST:6443',
    });
  }
  return server;
}
